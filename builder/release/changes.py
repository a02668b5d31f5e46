"""The rows that a version added, removed or changed, as tables of hashes: no old text lives on in them."""

from typing import Any

import numpy as np
import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.release.difference import Difference, Rows, TableDifference, keys_of
from builder.release.hashing import row_hashes

_QUOTED = {"spans": "text"}
"""The words that a row cuts out of another: few, so that a hash with all else in the row could be tried."""


def changes(difference: Difference | None, reason: str | None = None) -> dict[str, pa.Table]:
    """A table of changes for each table that has any, rows by key; none where there is no version before.

    ``reason`` is what the publisher says about rows that were removed or changed.
    """
    known = difference.tables.items() if difference is not None else ()
    return {name: _changes(one, reason) for name, one in known if one.added or one.removed or one.changed}


def _changes(one: TableDifference, reason: str | None) -> pa.Table:
    pairs = one.pairs_changed
    olds, news = one.matched[0][pairs], one.matched[1][pairs]
    parts = [
        _part(one, "added", (None, one.rows_added), None),
        _part(one, "removed", (one.rows_removed, None), reason),
        _part(one, "changed", (olds, news), reason, _columns(one, pairs)),
    ]
    return pa.concat_tables(parts).sort_by([("key", "ascending")]).combine_chunks()


def _part(
    one: TableDifference,
    op: str,
    rows: tuple[Rows | None, Rows | None],
    reason: str | None,
    columns: list[str] | None = None,
) -> pa.Table:
    before, after = rows
    named = keys_of(one.old, one.key, before) if before is not None else ()
    keys = keys_of(one.new, one.key, after) if after is not None else named
    count = len(keys)
    values: dict[str, list[Any]] = {
        "table": [one.table] * count,
        "key": list(keys),
        "op": [op] * count,
        "columns": columns or [None] * count,
        "reason": [reason] * count,
        "from_hash": _hashes(one, one.old, before) or [None] * count,
        "to_hash": _hashes(one, one.new, after) or [None] * count,
    }
    return pa.table(values, schema=arrow_schema("changes"))


def _hashes(one: TableDifference, table: pa.Table, rows: Rows | None) -> list[str]:
    columns = [name for name in one.compared if name != _QUOTED.get(one.table)]
    return [] if rows is None else row_hashes(table.take(pa.array(rows)), columns)


def _columns(one: TableDifference, pairs: Rows) -> list[str]:
    """For each pair the names of the columns that differ, one text for each pattern of columns."""
    names = [*one.changed_columns]
    masks = np.array([one.differs[name][pairs] for name in names], np.bool_).reshape(len(names), len(pairs)).T
    patterns, which = np.unique(masks, axis=0, return_inverse=True)
    said = [",".join(name for name, hit in zip(names, row, strict=True) if hit) for row in patterns.tolist()]
    return [said[number] for number in which.ravel().tolist()]
