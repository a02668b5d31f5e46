"""The check as a whole."""

from itertools import pairwise

import pyarrow as pa
import pytest

from builder.contracts import catalogue
from builder.tables import check
from builder.tables.check import check_tables
from builder.tables.check_kinds import CURES
from tests.unit.tables.corpus import Dataset


def test_good_tables_have_no_faults(good: Dataset) -> None:
    """Tables that are true of their captures pass."""
    assert check_tables(good.tables) == ()


def test_empty_tables_have_no_faults(good: Dataset) -> None:
    """A dataset without a single row passes."""
    assert check_tables({name: table.slice(0, 0) for name, table in good.tables.items()}) == ()


def test_chunks_make_no_difference(good: Dataset) -> None:
    """Tables in many chunks, as they come from a file, pass too."""
    split = {
        name: pa.concat_tables(table.slice(row, 1) for row in range(table.num_rows))
        for name, table in good.tables.items()
    }
    assert check_tables(split) == ()


@pytest.mark.parametrize("name", catalogue.CORPUS)
def test_a_missing_table_is_found(good: Dataset, name: str) -> None:
    """A table that is not there at all is one fault."""
    (fault,) = check_tables({key: table for key, table in good.tables.items() if key != name})
    assert (fault.table, fault.check) == (name, "missing_table")
    assert fault.message == f"{name}: the table is missing. {CURES['missing_table']}"


@pytest.mark.parametrize("name", catalogue.CORPUS)
def test_a_schema_fault_is_found(good: Dataset, name: str) -> None:
    """What a table's schema refuses is found in every table."""
    key = catalogue.table(name).key[0]
    values = pa.array([""] * good.tables[name].num_rows)
    damaged = good.tables[name].set_column(0, good.tables[name].schema.field(key), values)
    found = {
        (fault.table, fault.column, fault.check)
        for fault in check_tables(good.with_table(name, damaged).tables)
    }
    assert (name, key, "minLength" if name == "issues" else "pattern") in found


def test_unreadable_columns_are_told_alone(good: Dataset) -> None:
    """Where a column is missing, the faults that would follow from it are not told."""
    damaged = good.tables["segments"].drop_columns(["comment_id"])
    (fault,) = check_tables(good.with_table("segments", damaged).tables)
    assert (fault.table, fault.column, fault.check) == ("segments", "comment_id", "required")


def test_each_kind_of_fault_is_described() -> None:
    """The table in the module's docstring names every kind, in the order of the cures."""
    described = str(check.__doc__)
    places = [described.index(f"\n{kind} ") for kind in CURES]
    assert all(first < second for first, second in pairwise(places))
