"""Damage to keys, order and references."""

import pytest

from builder.contracts import catalogue
from builder.tables.check import check_tables
from tests.unit.tables.corpus import Dataset


def checks(damaged: Dataset) -> set[tuple[str, str, str]]:
    """Table, column and kind of each fault."""
    return {(fault.table, fault.column, fault.check) for fault in check_tables(damaged.tables)}


@pytest.mark.parametrize("name", catalogue.CORPUS)
def test_a_row_that_is_there_twice_is_found(good: Dataset, name: str) -> None:
    """Two equal rows have one key."""
    rows = good.tables[name].to_pylist()
    table = catalogue.table(name)
    assert (name, table.key[-1], "key_twice") in checks(good.with_rows(name, [rows[0], *rows]))


def test_a_key_that_is_there_twice_far_apart_is_found(good: Dataset) -> None:
    """Two comments of one id are found although other rows stand between them."""
    first = good.tables["comments"]["comment_id"][0].as_py()
    last = good.tables["comments"].num_rows - 1
    faults = check_tables(good.with_cell("comments", last, "comment_id", first).tables)
    (fault,) = [fault for fault in faults if fault.check == "key_twice"]
    assert fault.examples[0].key == f"comment_id {first}"


@pytest.mark.parametrize("name", catalogue.CORPUS)
def test_rows_out_of_order_are_one_fault(good: Dataset, name: str) -> None:
    """Rows in another order are found, and nothing else is said of them."""
    rows = good.tables[name].to_pylist()
    shuffled = good.with_rows(name, [rows[1], rows[0], *rows[2:]])
    assert checks(shuffled) == {(name, catalogue.table(name).order[-1], "order")}


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("comments", "article_id", "a" + "0" * 20),
        ("comments", "author_id", "u" + "0" * 20),
        ("comments", "parent_id", "c" + "0" * 20),
        ("comments", "duplicate_of", "c" + "0" * 20),
        ("articles", "duplicate_of", "a" + "0" * 20),
        ("segments", "article_id", "a" + "0" * 20),
        ("segments", "comment_id", "c" + "0" * 20),
    ],
)
def test_a_reference_to_nothing_is_found(good: Dataset, table: str, column: str, value: str) -> None:
    """An id that is in no row of the other table is found, whatever else follows from it."""
    assert (table, column, "reference") in checks(good.with_cell(table, 0, column, value))


def test_every_reference_is_tried() -> None:
    """The tests above name every reference that the schemas declare."""
    declared = {
        (table.name, column.name)
        for table in catalogue.tables(catalogue.CORPUS)
        for column in table.columns
        if column.references
    }
    tried = test_a_reference_to_nothing_is_found.pytestmark[0].args[1]
    assert {(table, column) for table, column, _ in tried} == declared


@pytest.mark.parametrize(
    ("table", "key", "column"),
    [("articles", "article_id", "duplicate_of"), ("comments", "comment_id", "parent_id")],
)
def test_a_reference_to_itself_is_found(good: Dataset, table: str, key: str, column: str) -> None:
    """A row that names itself is found."""
    own = good.tables[table][key][0].as_py()
    assert checks(good.with_cell(table, 0, column, own)) == {(table, column, "self_reference")}
