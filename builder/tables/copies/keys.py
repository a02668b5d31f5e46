"""What copies share: a key of a text's normal form, and keys of bands of its MinHash signature."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.parse.arrays import Bytes, Hashes, Ints
from builder.parse.fold import END, letters, words
from builder.tables.columns import places
from builder.tables.copies.hashing import hashes
from builder.tables.copies.minhash import band_keys
from builder.tables.copies.shingles import shingle_hashes

SCHEMA: Final = pa.schema([("row", pa.int64()), ("key", pa.uint64()), ("sure", pa.bool_())])
"""One row is a key of the text in that row of a table: shared by copies alone (sure), or worth a look."""
_BATCH: Final = 2_048  # texts


def no_keys() -> pa.Table:
    """Keys of no texts."""
    return SCHEMA.empty_table()


def text_keys(texts: pa.Array, *, near: bool) -> pa.Table:
    """The keys of texts (those of a table, in its rows): exact ones, and with ``near`` those of bands.

    An empty text has none.
    """
    parts = [_of_batch(texts.slice(at, _BATCH), at, near=near) for at in range(0, len(texts), _BATCH)]
    return pa.concat_tables([no_keys(), *parts])


def address_keys(addresses: pa.Array) -> pa.Table:
    """The keys of the addresses of pages; those that differ in their scheme or a last slash alone are one."""
    given = pc.indices_nonzero(pc.fill_null(addresses.is_valid(), False))  # noqa: FBT003 - Arrow's signature
    same = pc.replace_substring_regex(addresses.take(given), "^https?://|#.*$|/(#.*)?$", "")
    data, ends = _ended(b"".join(each.encode() + END for each in same.to_pylist()))
    return _table(np.asarray(given).astype(np.int64), _of_runs(data, ends) ^ np.uint64(1), sure=True)


def _of_batch(texts: pa.Array, first: int, *, near: bool) -> pa.Table:
    exact = _exact(texts)
    some = np.flatnonzero(exact)
    table = _table(some + first, exact[some], sure=True)
    if not near:
        return table
    rows, bands = _bands(texts)
    return pa.concat_tables([table, _table(rows + first, bands, sure=False)])


def _exact(texts: pa.Array) -> Hashes:
    """A key for each text; 0 where it is empty. Where only punctuation is left, that is the text."""
    found = _of_runs(*_ended(letters(texts)))
    bare = np.flatnonzero(found == 0)
    if len(bare):
        said = [b"".join(each.encode().split()) + END for each in texts.take(places(bare)).to_pylist()]
        found[bare] = _of_runs(*_ended(b"".join(said)))
    return found


def _bands(texts: pa.Array) -> tuple[Ints, Hashes]:
    """Row and key of each band of each text that is long enough."""
    data, ends = _ended(words(texts))
    shingles, counts = shingle_hashes(data, ends)
    long = np.flatnonzero(counts)
    found = band_keys(shingles, counts[long])
    return np.repeat(long, found.shape[1]), found.reshape(-1)


def _ended(texts: bytes) -> tuple[Bytes, Ints]:
    data = np.frombuffer(texts, dtype=np.uint8)
    return data, np.flatnonzero(data == END[0])


def _of_runs(data: Bytes, ends: Ints) -> Hashes:
    starts = np.concatenate([[0], ends[:-1] + 1])[: len(ends)]
    return hashes(data, starts, ends - starts)


def _table(rows: Ints, keys: Hashes, *, sure: bool) -> pa.Table:
    marks = pa.repeat(pa.scalar(sure), len(rows))
    number = pa.Array.from_buffers(pa.uint64(), len(keys), [None, pa.py_buffer(np.ascontiguousarray(keys))])
    return pa.Table.from_arrays([places(rows), number, marks], schema=SCHEMA)
