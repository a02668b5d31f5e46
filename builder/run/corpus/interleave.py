"""Parts whose rows lie among each other, as those of packed files do, become one order of article ids."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from builder.core.tablefile import read_parts
from builder.run.corpus.kept import Kept
from builder.run.corpus.work import ROWS
from builder.tables.columns import places
from builder.tables.issues import issue_rows
from builder.tables.parts import KEYS, ShardTables, by_row, moved

AT_ONCE = 24_000_000
"""Bytes of rows that are put in order at a time. Article ids are hashes, so ranges of them are about as large."""
MOST_AT_ONCE = 96_000_000
"""The same where there are so many rows that to go through the parts so often would take longer than all else."""

_PASSES = 128
_MAPPED = 8  # files at a time: reading a little of a map brings in more around it, column by column
_DIGITS = 8
_ID = 21
Rows = npt.NDArray[np.int64]
Tables = dict[str, pa.Table]
Borders = dict[str, list[int]]


def interleaved(kept: Kept, keys: Sequence[str], at_once: int = AT_ONCE) -> Iterator[ShardTables]:
    """The rows of these parts, range by range of article ids, each range in order; without issues and names.

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
        yield _in_order(_together(gathered))


def _borders(kept: Kept, key: str, edges: npt.NDArray[np.bytes_]) -> Borders:
    """Where each range begins and ends in the tables of a part."""
    tables = dict(zip(ROWS, read_parts(kept.rows(key)), strict=True))
    found = {
        name: [0, *np.searchsorted(_ids(table), edges).tolist(), table.num_rows]
        for name, table in tables.items()
        if name not in KEYS
    }
    for name, owner in KEYS.items():
        found[name] = np.searchsorted(tables[name]["row"].to_numpy(), found[owner]).tolist()
    return found


def _gathered(kept: Kept, keys: Sequence[str], borders: Sequence[Borders], place: int) -> Tables:
    """A range of the tables of some parts, out of their files and so free of them."""
    slices = [_slices(kept, key, here, place) for key, here in zip(keys, borders, strict=True)]
    return {name: table.combine_chunks() for name, table in _together(slices).items()}


def _slices(kept: Kept, key: str, borders: Borders, place: int) -> Tables:
    tables = dict(zip(ROWS, read_parts(kept.rows(key)), strict=True))
    cut = {name: table.slice(*_range(borders[name], place)) for name, table in tables.items()}
    for name, owner in KEYS.items():
        (cut[name],) = moved([cut[name]], [], -borders[owner][place])
    return cut


def _range(borders: list[int], place: int) -> tuple[int, int]:
    return borders[place], borders[place + 1] - borders[place]


def _together(some: Sequence[Tables]) -> Tables:
    """Tables one after the other; keys are of the rows where they are then."""
    listed = {name: [each[name] for each in some] for name in ROWS}
    for name, owner in KEYS.items():
        listed[name] = moved(listed[name], [each.num_rows for each in listed[owner]])
    return {name: pa.concat_tables(tables) for name, tables in listed.items()}


def _in_order(tables: Tables) -> ShardTables:
    """Rows by article id, those of an article as they were: they are all in one part, one after the other."""
    orders = {name: _order(_ids(table)) for name, table in tables.items() if name not in KEYS}
    made = {name: tables[name].combine_chunks().take(places(order)) for name, order in orders.items()}
    for name, owner in KEYS.items():
        gone_to = np.empty_like(orders[owner])
        gone_to[orders[owner]] = np.arange(len(gone_to))
        made[name] = by_row(tables[name], gone_to)
    return ShardTables(**made, issues=issue_rows(()), names=pa.table({}))


def _order(ids: npt.NDArray[np.bytes_]) -> Rows:
    begins = np.flatnonzero(np.concatenate([[True], ids[1:] != ids[:-1]])[: len(ids)])
    lengths = np.diff(begins, append=len(ids))
    order = np.argsort(ids[begins], kind="stable")
    lengths = lengths[order]
    shift = begins[order] - (np.cumsum(lengths) - lengths)
    rows: Rows = np.repeat(shift, lengths) + np.arange(len(ids))
    return rows


def _ids(table: pa.Table) -> npt.NDArray[np.bytes_]:
    """The article ids of a table, which are equally long, as an array over Arrow's own bytes."""
    chunks = [_ids_of(chunk) for chunk in table["article_id"].chunks if len(chunk)]
    return np.concatenate(chunks) if chunks else np.array([], f"S{_ID}")


def _ids_of(chunk: pa.Array) -> npt.NDArray[np.bytes_]:
    _, offsets, data = chunk.buffers()
    first = int(np.frombuffer(offsets, np.int32)[chunk.offset])
    return np.frombuffer(data, f"S{_ID}", len(chunk), first)
