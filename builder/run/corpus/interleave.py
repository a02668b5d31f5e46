"""Parts whose rows lie among each other, as those of packed files do, become one order of article ids."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from builder.core.tablefile import read_parts
from builder.run.corpus.kept import Kept
from builder.run.corpus.work import ROWS

AT_ONCE = 24_000_000
"""Bytes of rows that are put in order at a time. Article ids are hashes, so ranges of them are about as large."""
MOST_AT_ONCE = 96_000_000
"""The same where there are so many rows that to go through the parts so often would take longer than all else."""

_PASSES = 64
_MAPPED = 16  # files at a time: reading a little of a map brings in more around it, column by column
_DIGITS = 8
_ID = 21
Rows = npt.NDArray[np.int64]


def interleaved(kept: Kept, keys: Sequence[str], at_once: int = AT_ONCE) -> Iterator[Mapping[str, pa.Table]]:
    """The large tables of these parts, range by range of article ids, each range in order.

    Parts are mapped again for each range, so that no more of them is in memory than is being put in order.
    """
    size = sum(kept.size(key) for key in keys)
    count = -(-size // max(at_once, min(size // _PASSES, MOST_AT_ONCE)))
    edges = np.array(
        [b"a%0*x" % (_DIGITS, 16**_DIGITS * each // count) for each in range(1, count)], f"S{_ID}"
    )
    borders = [_borders(kept, key, edges) for key in keys]
    for place in range(count):
        gathered = [
            _gathered(kept, keys[first : first + _MAPPED], borders[first : first + _MAPPED], place)
            for first in range(0, len(keys), _MAPPED)
        ]
        yield {name: _in_order([each[name] for each in gathered]) for name in ROWS}


def _gathered(
    kept: Kept, keys: Sequence[str], borders: Sequence[Mapping[str, list[int]]], place: int
) -> dict[str, pa.Table]:
    """A range of the tables of some parts, out of their files and so free of them."""
    slices = [_slices(kept, key, here, place) for key, here in zip(keys, borders, strict=True)]
    return {name: pa.concat_tables([each[name] for each in slices]).combine_chunks() for name in ROWS}


def _borders(kept: Kept, key: str, edges: npt.NDArray[np.bytes_]) -> dict[str, list[int]]:
    """Where each range begins and ends in the tables of a part."""
    tables = zip(ROWS, read_parts(kept.rows(key)), strict=True)
    return {
        name: [0, *np.searchsorted(_ids(table), edges).tolist(), table.num_rows] for name, table in tables
    }


def _slices(kept: Kept, key: str, borders: Mapping[str, list[int]], place: int) -> dict[str, pa.Table]:
    tables = zip(ROWS, read_parts(kept.rows(key)), strict=True)
    return {
        name: table.slice(borders[name][place], borders[name][place + 1] - borders[name][place])
        for name, table in tables
    }


def _in_order(tables: Sequence[pa.Table]) -> pa.Table:
    """Rows by article id, those of an article as they were: they are all in one part, one after the other."""
    table = pa.concat_tables(tables).combine_chunks()
    ids = _ids(table)
    begins = np.flatnonzero(np.concatenate([[True], ids[1:] != ids[:-1]])[: len(ids)])
    lengths = np.diff(begins, append=len(ids))
    order = np.argsort(ids[begins], kind="stable")
    lengths = lengths[order]
    shift = begins[order] - (np.cumsum(lengths) - lengths)
    rows = np.repeat(shift, lengths) + np.arange(len(ids))
    return table.take(pa.Array.from_buffers(pa.int64(), len(rows), [None, pa.py_buffer(rows)]))


def _ids(table: pa.Table) -> npt.NDArray[np.bytes_]:
    """The article ids of a table, which are equally long, as an array over Arrow's own bytes."""
    chunks = [_ids_of(chunk) for chunk in table["article_id"].chunks if len(chunk)]
    return np.concatenate(chunks) if chunks else np.array([], f"S{_ID}")


def _ids_of(chunk: pa.Array) -> npt.NDArray[np.bytes_]:
    _, offsets, data = chunk.buffers()
    first = int(np.frombuffer(offsets, np.int32)[chunk.offset])
    return np.frombuffer(data, f"S{_ID}", len(chunk), first)
