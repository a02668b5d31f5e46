"""The rows that a version added, removed or changed, as tables of hashes: no old text lives on in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.arrow import arrow_schema
from builder.release.difference import Difference, Rows, TableDifference, keys_of
from builder.release.hashing import row_hashes

_QUOTED = {"spans": "text"}
"""The words that a row cuts out of another: few, so that a hash with all else in the row could be tried."""

_STEP = 50_000
"""Rows whose changes are made at once."""
_NONE: Rows = np.empty(0, np.int64)


Changes = Iterator[tuple[str, Iterable[pa.Table]]]
"""Tables of changes by name, each in pieces, its rows by key."""


def changes(difference: Difference | None, reason: str | None = None) -> Changes:
    """A table of changes for each table that has any, piece by piece; none where there is no version before.

    ``reason`` is what the publisher says about rows that were removed or changed.
    """
    known = difference.tables.items() if difference is not None else ()
    yield from (
        (name, _pieces(one, reason)) for name, one in known if one.added or one.removed or one.changed
    )


def _pieces(one: TableDifference, reason: str | None) -> Iterator[pa.Table]:
    """The changes of a table, some rows at a time: hashes and keys are texts of Python before Arrow has them."""
    kinds = _kinds(one, reason)
    keys = pa.chunked_array([chunk for kind in kinds for chunk in _keys(one, kind)], pa.string())
    order = pc.sort_indices(keys).to_numpy().astype(np.int64)
    del keys
    starts = np.cumsum([0, *(kind.count for kind in kinds)])
    for first in range(0, len(order), _STEP):
        here = np.sort(order[first : first + _STEP])
        cuts = np.searchsorted(here, starts)
        parts = [
            _part(one, kind, here[low:high] - start)
            for kind, start, low, high in zip(kinds, starts[:-1], cuts[:-1], cuts[1:], strict=True)
            if high > low
        ]
        yield pa.concat_tables(parts).sort_by([("key", "ascending")]).combine_chunks()


@dataclass(frozen=True, slots=True)
class _Kind:
    """The rows of one kind of change: what is said of them, where they are in each version, and in which pairs."""

    op: str
    reason: str | None
    sides: tuple[pa.Table | None, pa.Table | None]
    rows: tuple[Rows, Rows]
    pairs: Rows | None = None

    @property
    def count(self) -> int:
        """How many rows there are."""
        return max(map(len, self.rows))

    @property
    def named(self) -> tuple[pa.Table, Rows]:
        """The version whose keys name the rows, and where they are in it."""
        before, after = self.sides
        return (before, self.rows[0]) if after is None else (after, self.rows[1])


def _kinds(one: TableDifference, reason: str | None) -> list[_Kind]:
    """The kinds of change that there are; a version that none of them needs is not read."""
    pairs = one.pairs_changed
    old = one.old if one.removed or len(pairs) else None
    new = one.new if one.added or len(pairs) else None
    found = [
        _Kind("added", None, (None, new), (_NONE, one.rows_added)),
        _Kind("removed", reason, (old, None), (one.rows_removed, _NONE)),
        _Kind("changed", reason, (old, new), (one.matched[0][pairs], one.matched[1][pairs]), pairs),
    ]
    return [kind for kind in found if kind.count]


def _keys(one: TableDifference, kind: _Kind) -> Iterator[pa.Array]:
    table, rows = kind.named
    for first in range(0, len(rows), _STEP):
        yield pa.array(keys_of(table, one.key, rows[first : first + _STEP]), pa.string())


def _part(one: TableDifference, kind: _Kind, places: Rows) -> pa.Table:
    """The changes of one kind at some of its places."""
    before, after = (
        None if side is None else side.take(pa.array(rows[places]))
        for side, rows in zip(kind.sides, kind.rows, strict=True)
    )
    named: pa.Table = before if after is None else after
    count = len(places)
    columns = None if kind.pairs is None else _columns(one, kind.pairs[places])
    values: dict[str, list[Any]] = {
        "table": [one.table] * count,
        "key": list(keys_of(named, one.key, np.arange(count))),
        "op": [kind.op] * count,
        "columns": columns or [None] * count,
        "reason": [kind.reason] * count,
        "from_hash": _hashes(one, before) or [None] * count,
        "to_hash": _hashes(one, after) or [None] * count,
    }
    return pa.table(values, schema=arrow_schema("changes"))


def _hashes(one: TableDifference, rows: pa.Table | None) -> list[str]:
    columns = [name for name in one.compared if name != _QUOTED.get(one.table)]
    return [] if rows is None else row_hashes(rows, columns)


def _columns(one: TableDifference, pairs: Rows) -> list[str]:
    """For each pair the names of the columns that differ, one text for each pattern of columns."""
    names = [*one.changed_columns]
    masks = np.array([one.differs[name][pairs] for name in names], np.bool_).reshape(len(names), len(pairs)).T
    patterns, which = np.unique(masks, axis=0, return_inverse=True)
    said = [",".join(name for name, hit in zip(names, row, strict=True) if hit) for row in patterns.tolist()]
    return [said[number] for number in which.ravel().tolist()]
