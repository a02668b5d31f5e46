"""What copies share: the beginning of a normal form, the address of a page, bands of a MinHash signature.

A key is only where to look. That two texts are copies is shown by the texts, or by the keys of their whole normal
forms, which take longer and are therefore made for those alone whose beginnings have been seen before.
"""

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

BEGINNING, ADDRESS, BAND = range(3)
SCHEMA: Final = pa.schema([("row", pa.int64()), ("key", pa.uint64()), ("kind", pa.int8())])
"""One row is a key of the text in that row of a table."""
_BEGUN: Final = 1 << 15  # texts whose beginnings are looked at together
_WHOLE: Final = 2_048  # texts that are looked at together from beginning to end
_BEGINNING: Final = 24  # bytes of a normal form
_AROUND: Final = 40  # bytes of a text, more than those, that are looked at first
_MARGIN: Final = 16  # bytes that an accent behind the window may still change


def no_keys() -> pa.Table:
    """Keys of no texts."""
    return SCHEMA.empty_table()


def text_keys(texts: pa.Array, *, near: bool) -> pa.Table:
    """The keys of the texts of a table: of their beginnings, and with ``near`` those of bands.

    An empty text has none.
    """
    found = [_begun(texts.slice(at, _BEGUN), at) for at in range(0, len(texts), _BEGUN)]
    if near:
        found += [_banded(texts.slice(at, _WHOLE), at) for at in range(0, len(texts), _WHOLE)]
    return pa.concat_tables([no_keys(), *found])


def address_keys(addresses: pa.Array) -> pa.Table:
    """The keys of the addresses of pages; those that differ in their scheme or a last slash alone are one."""
    given = np.flatnonzero(addresses.is_valid().to_numpy(zero_copy_only=False))
    same = pc.replace_substring_regex(addresses.take(places(given)), "^https?://|#.*$|/(#.*)?$", "")
    keys = _of_runs(*_ended(b"".join(each.encode() + END for each in same.to_pylist())))
    return _table(given, keys, ADDRESS)


def exact_keys(texts: pa.Array) -> Hashes:
    """A number for each text that tells its normal form; where only punctuation is left, that is the text."""
    found = _of_runs(*_ended(letters(texts)))
    bare = np.flatnonzero(found == 0)
    if len(bare):
        said = [b"".join(each.encode().split()) + END for each in texts.take(places(bare)).to_pylist()]
        found[bare] = _of_runs(*_ended(b"".join(said)))
    return found


def beginnings(texts: pa.Array, most: int = _BEGINNING) -> Hashes:
    """A key for the first so many bytes of the normal form of each text; most are found by the beginning of the text.

    Texts without a letter have their exact key, and empty ones 0.
    """
    window = most + _AROUND
    data, ends = _ended(letters(pc.binary_slice(pc.cast(texts, pa.binary()), 0, window)))
    found = _of_runs(data, ends, most)
    cut = np.diff(_bounds(texts)) > window
    unsure = np.flatnonzero(cut & (np.diff(ends, prepend=-1) <= most + _MARGIN))
    if len(unsure):
        found[unsure] = _of_runs(*_ended(letters(texts.take(places(unsure)))), most)
    bare = np.flatnonzero(found == 0)
    if len(bare):
        found[bare] = exact_keys(texts.take(places(bare)))
    return found


def _begun(texts: pa.Array, first: int) -> pa.Table:
    some = np.flatnonzero(np.diff(_bounds(texts)))
    return _table(some + first, beginnings(texts)[some], BEGINNING)


def _banded(texts: pa.Array, first: int) -> pa.Table:
    rows, bands = _bands(texts)
    return _table(rows + first, bands, BAND)


def _bands(texts: pa.Array) -> tuple[Ints, Hashes]:
    """Row and key of each band of each text that is long enough."""
    shingles, counts = shingle_hashes(*_ended(words(texts)))
    long = np.flatnonzero(counts)
    found = band_keys(shingles, counts[long])
    return np.repeat(long, found.shape[1]), found.reshape(-1)


def _bounds(texts: pa.Array) -> Ints:
    if not len(texts):
        return np.zeros(1, dtype=np.int64)
    bounds = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return bounds.astype(np.int64)


def _ended(texts: bytes) -> tuple[Bytes, Ints]:
    data = np.frombuffer(texts, dtype=np.uint8)
    return data, np.flatnonzero(data == END[0])


def _of_runs(data: Bytes, ends: Ints, most: int | None = None) -> Hashes:
    starts = np.concatenate([[0], ends[:-1] + 1])[: len(ends)]
    lengths = ends - starts
    return hashes(data, starts, lengths if most is None else np.minimum(lengths, most))


def _table(rows: Ints, keys: Hashes, kind: int) -> pa.Table:
    number = pa.Array.from_buffers(pa.uint64(), len(keys), [None, pa.py_buffer(np.ascontiguousarray(keys))])
    kinds = pa.repeat(pa.scalar(kind, pa.int8()), len(rows))
    return pa.Table.from_arrays([places(rows), number, kinds], schema=SCHEMA)
