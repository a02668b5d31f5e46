"""The rows that a version added, removed or changed, as tables of hashes: no old text lives on in them."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.release.difference import Difference, Rows, TableDifference, keys_of
from builder.release.hashing import row_hashes

_QUOTED = {"spans": "text"}
"""The words that a row cuts out of another: few, so that a hash with all else in the row could be tried."""

_STEP = 50_000
"""Rows whose changes are made at once."""


def changes(difference: Difference | None, reason: str | None = None) -> Iterator[tuple[str, pa.Table]]:
    """A table of changes for each table that has any, rows by key; none where there is no version before.

    ``reason`` is what the publisher says about rows that were removed or changed.
    """
    known = difference.tables.items() if difference is not None else ()
    yield from (
        (name, _changes(one, reason)) for name, one in known if one.added or one.removed or one.changed
    )


def _changes(one: TableDifference, reason: str | None) -> pa.Table:
    pairs = one.pairs_changed
    sides = one.old, one.new
    parts = [
        *_parts(one, sides, ("added", None), (None, one.rows_added)),
        *_parts(one, sides, ("removed", reason), (one.rows_removed, None)),
        *_parts(one, sides, ("changed", reason), (one.matched[0][pairs], one.matched[1][pairs]), pairs),
    ]
    return pa.concat_tables(parts).sort_by([("key", "ascending")]).combine_chunks()


def _parts(
    one: TableDifference,
    sides: tuple[pa.Table, pa.Table],
    said: tuple[str, str | None],
    rows: tuple[Rows | None, Rows | None],
    pairs: Rows | None = None,
) -> Iterator[pa.Table]:
    """The changes of one kind, for some rows at a time: hashes and keys are texts of Python before Arrow has them."""
    for first in range(0, max(len(each) for each in rows if each is not None), _STEP):
        here = slice(first, first + _STEP)
        some = [
            each if each is None else side.take(pa.array(each[here]))
            for side, each in zip(sides, rows, strict=True)
        ]
        yield _part(one, said, (some[0], some[1]), None if pairs is None else _columns(one, pairs[here]))


def _part(
    one: TableDifference,
    said: tuple[str, str | None],
    versions: tuple[pa.Table | None, pa.Table | None],
    columns: list[str] | None,
) -> pa.Table:
    before, after = versions
    named: pa.Table = before if after is None else after
    count = named.num_rows
    values: dict[str, list[Any]] = {
        "table": [one.table] * count,
        "key": list(keys_of(named, one.key, np.arange(count))),
        "op": [said[0]] * count,
        "columns": columns or [None] * count,
        "reason": [said[1]] * count,
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
