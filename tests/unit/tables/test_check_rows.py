"""Damage to counts, comments and issues: each kind is found, and nothing else is said."""

import pytest

from builder.tables.check import check_tables
from tests.unit.tables.corpus import PAGES, Dataset, dataset


def checks(damaged: Dataset) -> set[tuple[str, str, str]]:
    """Table, column and kind of each fault."""
    return {(fault.table, fault.column, fault.check) for fault in check_tables(damaged.tables)}


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("articles", "n_comments"),
        ("articles", "n_unattributed"),
        ("articles", "n_paragraphs"),
        ("comments", "n_paragraphs"),
        ("authors", "n_comments"),
        ("authors", "n_articles"),
    ],
)
def test_a_wrong_count_is_found(good: Dataset, table: str, column: str) -> None:
    """Every column that counts rows is counted again."""
    damaged = good.with_cell(table, 1, column, 77)
    assert checks(damaged) == {(table, column, "count")}
    (fault,) = check_tables(damaged.tables)
    assert fault.examples[0].message.startswith("says 77, but there are ")


def test_a_position_that_skips_is_found(good: Dataset) -> None:
    """The comments of an article are numbered from 0 without gaps."""
    last = good.row("comments", author_name="Bob")
    assert checks(good.with_cell("comments", last, "position", 9)) == {("comments", "position", "position")}


def test_an_answer_to_another_article_is_found(good: Dataset) -> None:
    """A parent stands below the same article."""
    bob, other = good.row("comments", author_name="Bob"), good.row("comments", text="Ok.")
    parent = good.tables["comments"]["comment_id"][other].as_py()
    assert checks(good.with_cell("comments", bob, "parent_id", parent)) == {
        ("comments", "parent_id", "parent")
    }


def test_an_answer_within_the_article_is_fine(good: Dataset) -> None:
    """A parent above in the same article is no fault."""
    bob, ann = good.row("comments", author_name="Bob"), good.row("comments", author_name="ANN")
    parent = good.tables["comments"]["comment_id"][ann].as_py()
    assert checks(good.with_cell("comments", bob, "parent_id", parent)) == set()


def test_a_lost_author_with_a_name_is_found(good: Dataset) -> None:
    """An author who is lost has neither id nor name."""
    bob = good.row("comments", author_name="Bob")
    found = checks(good.with_cell("comments", bob, "attribution", "lost"))
    assert {("comments", "author_id", "attribution"), ("comments", "author_name", "attribution")} <= found


def test_a_named_author_without_a_name_is_found(good: Dataset) -> None:
    """An author who is named has both."""
    lost = good.row("comments", attribution="lost")
    found = checks(good.with_cell("comments", lost, "attribution", "named"))
    assert {("comments", "author_id", "attribution"), ("comments", "author_name", "attribution")} <= found


def test_an_issue_that_skips_a_number_is_found(good: Dataset) -> None:
    """The issues of a capture are numbered from 0 without gaps."""
    assert checks(good.with_cell("issues", 0, "ordinal", 1)) == {("issues", "ordinal", "ordinal")}


@pytest.mark.parametrize("severity", ["error", "info"])
def test_an_issue_of_the_wrong_severity_is_found(good: Dataset, severity: str) -> None:
    """The severity of an issue follows from its code."""
    assert checks(good.with_cell("issues", 0, "severity", severity)) == {("issues", "severity", "severity")}


@pytest.mark.parametrize(("column", "value"), [("char_start", None), ("char_end", None), ("char_start", 5)])
def test_half_a_span_is_found(good: Dataset, column: str, value: int | None) -> None:
    """An issue has both ends of a span or none, and the first is not after the last."""
    assert checks(good.with_cell("issues", 0, column, value)) == {("issues", "char_end", "span")}


def test_a_count_of_an_author_in_two_articles() -> None:
    """Comments of one author in one article count as one article."""
    authors = dataset(PAGES).tables["authors"].to_pylist()
    ann = next(row for row in authors if row["name_key"] == "ann" and row["source"] == "herald")
    assert (ann["n_comments"], ann["n_articles"]) == (3, 2)
