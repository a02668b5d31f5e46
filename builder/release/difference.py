"""A difference between two versions of the tables, as a value: rows and columns, counted and named."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Rows = npt.NDArray[np.int64]

QUOTED = 20
"""How many keys of rows are quoted where rows are counted."""


@dataclass(frozen=True, slots=True)
class TableDifference:
    """What is different in one table.

    ``sides`` give its rows in the old and in the new version, which may have to be read for that; ``rows`` are how
    many those are, ``matched`` the pairs of their row numbers with equal keys. ``differs`` says for each compared
    column in which of the pairs it differs.
    """

    table: str
    key: tuple[str, ...]
    sides: tuple[Callable[[], pa.Table], Callable[[], pa.Table]]
    rows: tuple[int, int]
    matched: tuple[Rows, Rows]
    differs: Mapping[str, npt.NDArray[np.bool_]]
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    columns_retyped: tuple[str, ...] = ()

    @property
    def old(self) -> pa.Table:
        """The rows of the old version."""
        return self.sides[0]()

    @property
    def new(self) -> pa.Table:
        """The rows of the new version."""
        return self.sides[1]()

    @property
    def compared(self) -> tuple[str, ...]:
        """The columns that both versions have and that count, those of the key first."""
        return (*self.key, *self.differs)

    @property
    def rows_added(self) -> Rows:
        """The rows of ``new`` whose key ``old`` does not have."""
        return _others(self.rows[1], self.matched[1])

    @property
    def rows_removed(self) -> Rows:
        """The rows of ``old`` whose key ``new`` does not have."""
        return _others(self.rows[0], self.matched[0])

    @property
    def pairs_changed(self) -> Rows:
        """The numbers of the pairs that differ in any column."""
        masks = list(self.differs.values())
        return np.flatnonzero(np.logical_or.reduce(masks)) if masks else np.empty(0, np.int64)

    @property
    def added(self) -> int:
        """How many rows were added."""
        return self.rows[1] - len(self.matched[1])

    @property
    def removed(self) -> int:
        """How many rows were removed."""
        return self.rows[0] - len(self.matched[0])

    @property
    def changed(self) -> int:
        """How many rows differ in any column."""
        return len(self.pairs_changed)

    @property
    def changed_columns(self) -> dict[str, int]:
        """In how many rows each column differs, those that do in none left out."""
        counts = {name: int(mask.sum()) for name, mask in self.differs.items()}
        return {name: count for name, count in counts.items() if count}

    @property
    def empty(self) -> bool:
        """Whether nothing is different."""
        shape = self.columns_added or self.columns_removed or self.columns_retyped
        return not (self.added or self.removed or self.changed or shape)

    def keys_added(self, limit: int | None = QUOTED) -> tuple[str, ...]:
        """The keys of the first rows that were added."""
        return self._keys(1, self.rows_added[:limit])

    def keys_removed(self, limit: int | None = QUOTED) -> tuple[str, ...]:
        """The keys of the first rows that were removed."""
        return self._keys(0, self.rows_removed[:limit])

    def keys_changed(self, limit: int | None = QUOTED) -> tuple[str, ...]:
        """The keys of the first rows that changed."""
        return self._keys(1, self.matched[1][self.pairs_changed[:limit]])

    def _keys(self, side: int, rows: Rows) -> tuple[str, ...]:
        return keys_of(self.sides[side](), self.key, rows) if len(rows) else ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different between two versions: table by table, and tables that only one of them has."""

    tables: Mapping[str, TableDifference]
    tables_added: tuple[str, ...] = ()
    tables_removed: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is different."""
        some = self.tables_added or self.tables_removed
        return not some and all(one.empty for one in self.tables.values())

    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows were added, removed and changed, table by table."""
        return {
            name: {"added": one.added, "removed": one.removed, "changed": one.changed}
            for name, one in self.tables.items()
        }


def keys_of(table: pa.Table, key: Sequence[str], rows: Rows) -> tuple[str, ...]:
    """The keys of rows as text: the value itself, or a JSON list of several."""
    parts = [table[name].take(pa.array(rows)).to_pylist() for name in key]
    if len(parts) == 1 and pa.types.is_string(table[key[0]].type):
        return tuple(parts[0])
    return tuple(json.dumps(list(values), ensure_ascii=False) for values in zip(*parts, strict=True))


def as_json(difference: Difference) -> dict[str, Any]:
    """A difference as values that JSON holds, with the keys of the first rows of each kind."""
    return {
        "tables_added": list(difference.tables_added),
        "tables_removed": list(difference.tables_removed),
        "tables": {name: _table_json(one) for name, one in difference.tables.items() if not one.empty},
        "empty": difference.empty,
    }


def _table_json(one: TableDifference) -> dict[str, Any]:
    return {
        "added": one.added,
        "removed": one.removed,
        "changed": one.changed,
        "columns": one.changed_columns,
        "columns_added": list(one.columns_added),
        "columns_removed": list(one.columns_removed),
        "columns_retyped": list(one.columns_retyped),
        "keys_added": list(one.keys_added()),
        "keys_removed": list(one.keys_removed()),
        "keys_changed": list(one.keys_changed()),
    }


def _others(count: int, rows: Rows) -> Rows:
    left: npt.NDArray[np.bool_] = np.ones(count, np.bool_)
    left[rows] = False
    return np.flatnonzero(left)
