"""A difference holds all that it takes to come from one version to the other, and nothing for a version and itself."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.contracts.catalogue import Table, table_of
from builder.contracts.strategies import as_table, rows, valid_values
from builder.release.changes import changes
from builder.release.diff import Side, diff
from builder.release.difference import TableDifference
from builder.release.hashing import in_key_order
from builder.release.since import with_since
from builder.release.tiers import SINCE, release_schema

NAMES = pytest.mark.parametrize("name", ["authors", "answers"])
Row = Mapping[str, Any]


def contract(name: str) -> Table:
    """What a release declares about a table."""
    return table_of(release_schema(name, "research"))


@st.composite
def versions(draw: st.DrawFn, name: str) -> tuple[pa.Table, pa.Table]:
    """A table, and what it became: rows gone, come and changed."""
    of = contract(name)
    every = draw(st.lists(rows(of), max_size=5, unique_by=itemgetter(*of.key)))
    kinds = [draw(st.sampled_from(["kept", "changed", "removed", "added"])) for _ in every]
    old = [row for row, kind in zip(every, kinds, strict=True) if kind != "added"]
    new = [
        changed(draw, of, row) if kind == "changed" else row for row, kind in zip(every, kinds, strict=True)
    ]
    kept = [row for row, kind in zip(new, kinds, strict=True) if kind != "removed"]
    return in_key_order(as_table(of, old), of), in_key_order(as_table(of, kept), of)


def changed(draw: st.DrawFn, of: Table, row: Row) -> Row:
    """A row with another value in a column or two."""
    free = [column for column in of.columns if column.name not in of.key]
    columns = draw(st.lists(st.sampled_from(free), min_size=1, max_size=2))
    return {**row, **{column.name: draw(valid_values(column)) for column in columns}}


def side(name: str, table: pa.Table) -> Side:
    """A version of one table."""
    return Side({name: table}, {name: contract(name)})


def applied(old: pa.Table, one: TableDifference, columns: list[str]) -> pa.Table:
    """The old table with the rows of a difference taken out, changed and added."""
    of = contract(one.table)
    key = itemgetter(*of.key)
    known = {key(row): row for row in old.select(columns).to_pylist()}
    for row in one.old.take(pa.array(one.rows_removed)).to_pylist():
        del known[key(row)]
    for pair in one.pairs_changed.tolist():
        row = one.new.slice(int(one.matched[1][pair]), 1).to_pylist()[0]
        hit = [name for name, mask in one.differs.items() if mask[pair]]
        known[key(row)] = {**known[key(row)], **{name: row[name] for name in hit}}
    for row in one.new.select(columns).take(pa.array(one.rows_added)).to_pylist():
        known[key(row)] = row
    made = pa.Table.from_pylist(list(known.values()), schema=old.select(columns).schema)
    return in_key_order(made, of)


@NAMES
@settings(max_examples=25)
@given(st.data())
def test_a_version_and_itself_do_not_differ(name: str, data: st.DataObject) -> None:
    """The difference between a version and itself is empty."""
    old, _ = data.draw(versions(name))
    found = diff(side(name, old), side(name, old))
    assert found.empty
    assert not list(changes(found))


@NAMES
@settings(max_examples=25)
@given(st.data())
def test_a_difference_leads_to_the_other_version(name: str, data: st.DataObject) -> None:
    """The old version with the difference applied is the new one, columns that are computed aside."""
    old, new = data.draw(versions(name))
    one = diff(side(name, old), side(name, new)).tables[name]
    columns = list(one.compared)
    assert applied(old, one, columns).to_pylist() == new.select(columns).to_pylist()


@NAMES
@settings(max_examples=25)
@given(st.data())
def test_changes_list_each_row_that_differs(name: str, data: st.DataObject) -> None:
    """Each row of a difference is one row of changes with its operation, and the hashes tell the versions apart."""
    old, new = data.draw(versions(name))
    found = diff(side(name, old), side(name, new))
    listed = [
        row
        for told, pieces in changes(found)
        if told == name
        for piece in pieces
        for row in piece.to_pylist()
    ]
    counts = {op: sum(row["op"] == op for row in listed) for op in ("added", "removed", "changed")}
    assert counts == found.counts()[name]
    assert all((row["from_hash"] != row["to_hash"]) for row in listed)
    assert all((row["columns"] is not None) == (row["op"] == "changed") for row in listed)


@NAMES
@settings(max_examples=25)
@given(st.data())
def test_an_old_version_is_a_filter(name: str, data: st.DataObject) -> None:
    """The rows whose ``since_version`` is the first version are those of it that nobody touched."""
    old, new = (table.drop_columns([SINCE]) for table in data.draw(versions(name)))
    first = with_since({name: old}, None, "0.1.0")[name]
    found = diff(side(name, first), side(name, new))
    second = with_since({name: new}, found, "0.2.0")[name]
    one = found.tables[name]
    stayed = [row for row in second.to_pylist() if row[SINCE] == "0.1.0"]
    assert len(stayed) == new.num_rows - one.added - one.changed
    columns = list(one.compared)
    before = first.select(columns).to_pylist()
    assert all({column: row[column] for column in columns} in before for row in stayed)
