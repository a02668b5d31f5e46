"""The fast path and jsonschema accept and refuse the same rows of every table."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.contracts import authority, catalogue
from builder.contracts.columns import check_columns
from builder.contracts.rows import record
from builder.contracts.strategies import any_tables, broken_tables, valid_tables

Broken = set[tuple[int, str, str]]
EVERY_TABLE = pytest.mark.parametrize("name", catalogue.TABLES)
some_examples = settings(
    max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def by_columns(table: pa.Table, name: str) -> Broken:
    """Row, column and keyword of everything that the fast path refuses."""
    faults = check_columns(table, name, limit=table.num_rows)
    return {
        (int(example.row or 0), fault.column, fault.check) for fault in faults for example in fault.examples
    }


def by_rows(table: pa.Table, schema: dict[str, Any]) -> Broken:
    """The same by jsonschema, which is given whole rows as JSON objects."""
    found = set()
    for row in range(table.num_rows):
        errors = [(str(e.path[0]), str(e.validator)) for e in authority.errors_of(schema, record(table, row))]
        untyped = {column for column, keyword in errors if keyword == "type"}
        found |= {
            (row, column, keyword) for column, keyword in errors if keyword == "type" or column not in untyped
        }
    return found


@EVERY_TABLE
@some_examples
@given(data=st.data())
def test_both_refuse_the_same(name: str, data: st.DataObject) -> None:
    """For any values that Arrow can hold, both name the same rows, columns and keywords."""
    table = data.draw(any_tables(catalogue.table(name)))
    assert by_columns(table, name) == by_rows(table, catalogue.schema(name))


@EVERY_TABLE
@some_examples
@given(data=st.data())
def test_both_accept_what_is_valid(name: str, data: st.DataObject) -> None:
    """Rows that are drawn from the schema are refused by neither."""
    table = data.draw(valid_tables(catalogue.table(name)))
    assert not by_columns(table, name)
    assert not by_rows(table, catalogue.schema(name))


@EVERY_TABLE
@some_examples
@given(data=st.data())
def test_both_find_the_broken_cell(name: str, data: st.DataObject) -> None:
    """A single broken cell in valid rows is found by both, and nothing else is."""
    table, row, column = data.draw(broken_tables(catalogue.table(name)))
    found = by_columns(table, name)
    assert {(row, column)} == {place[:2] for place in found}
    assert found == by_rows(table, catalogue.schema(name))
