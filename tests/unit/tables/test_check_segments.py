"""Damage to segments and to what comments say of theirs."""

from typing import Any

from builder.tables.check import check_tables
from tests.unit.tables.corpus import Dataset


def checks(damaged: Dataset) -> set[tuple[str, str, str]]:
    """Table, column and kind of each fault."""
    return {(fault.table, fault.column, fault.check) for fault in check_tables(damaged.tables)}


def segment(good: Dataset, **wanted: Any) -> int:
    """The row of the first segment with these values."""
    return good.row("segments", **wanted)


def test_an_ordinal_that_skips_is_found(good: Dataset) -> None:
    """Segments are numbered from 0 without gaps."""
    rows = good.tables["segments"].num_rows
    assert checks(good.with_cell("segments", rows - 1, "ordinal", 99)) == {("segments", "ordinal", "ordinal")}


def test_a_gap_is_found(good: Dataset) -> None:
    """A character between two segments that is in neither is found."""
    row = segment(good, kind="paragraph")
    start = good.tables["segments"]["char_start"][row].as_py()
    found = checks(good.with_cell("segments", row, "char_start", start + 1))
    assert found == {("segments", "char_start", "tiling")}


def test_an_overlap_is_found(good: Dataset) -> None:
    """A character in two segments is found at the second."""
    row = segment(good, kind="paragraph")
    start = good.tables["segments"]["char_start"][row].as_py()
    faults = check_tables(good.with_cell("segments", row, "char_start", start - 1).tables)
    assert [fault.check for fault in faults] == ["tiling"]
    assert (
        faults[0].examples[0].message == f"begins at {start - 1}, but the segment before it ends at {start}"
    )


def test_a_first_segment_after_the_beginning_is_found(good: Dataset) -> None:
    """The first segment of a capture begins at 0."""
    row = segment(good, kind="headline", char_start=0)
    assert checks(good.with_cell("segments", row, "char_start", 1)) == {("segments", "char_start", "tiling")}


def test_an_empty_segment_is_found(good: Dataset) -> None:
    """A segment has at least one character."""
    row = segment(good, kind="caption")
    start = good.tables["segments"]["char_start"][row].as_py()
    assert ("segments", "char_end", "tiling") in checks(good.with_cell("segments", row, "char_end", start))


def test_a_missing_segment_is_found(good: Dataset) -> None:
    """A segment that is gone leaves a gap in characters and ordinals."""
    rows = good.tables["segments"].to_pylist()
    del rows[segment(good, kind="caption")]
    found = checks(good.with_rows("segments", rows))
    assert {("segments", "char_start", "tiling"), ("segments", "ordinal", "ordinal")} <= found


def test_a_paragraph_of_no_comment_is_found(good: Dataset) -> None:
    """A segment of kind comment names its comment."""
    row = segment(good, kind="comment")
    assert ("segments", "comment_id", "owner") in checks(good.with_cell("segments", row, "comment_id", None))


def test_a_headline_of_a_comment_is_found(good: Dataset) -> None:
    """A segment of the article names no comment."""
    comment = good.tables["comments"]["comment_id"][0].as_py()
    row = segment(good, kind="headline")
    assert ("segments", "comment_id", "owner") in checks(
        good.with_cell("segments", row, "comment_id", comment)
    )


def test_a_segment_of_another_article_is_found(good: Dataset) -> None:
    """A segment names a comment of its own article."""
    row = segment(good, kind="comment")
    article = good.tables["segments"]["article_id"][row].as_py()
    rows = good.tables["comments"].to_pylist()
    other = next(comment["comment_id"] for comment in rows if comment["article_id"] != article)
    assert ("segments", "comment_id", "owner") in checks(good.with_cell("segments", row, "comment_id", other))


def test_a_named_comment_without_a_signature_is_found(good: Dataset) -> None:
    """A comment with an author has one segment of kind author."""
    row = segment(good, kind="author")
    assert checks(good.with_cell("segments", row, "comment_id", None)) == {
        ("comments", "author_id", "signature")
    }


def test_a_lost_comment_with_a_signature_is_found(good: Dataset) -> None:
    """A comment whose author was lost has no segment of kind author."""
    lost = good.tables["comments"].to_pylist()[good.row("comments", attribution="lost")]
    row = segment(good, kind="blank", article_id=lost["article_id"])
    signed = good.with_cell("segments", row, "kind", "author")
    signed = signed.with_cell("segments", row, "comment_id", lost["comment_id"])
    assert checks(signed) == {("comments", "author_id", "signature")}


def test_a_hull_that_is_too_wide_is_found(good: Dataset) -> None:
    """A comment begins and ends with its segments of kind comment, not with its author."""
    row = good.row("comments", n_paragraphs=2)
    start, end = (good.tables["comments"][column][row].as_py() for column in ("char_start", "char_end"))
    assert checks(good.with_cell("comments", row, "char_start", start - 1)) == {
        ("comments", "char_start", "hull")
    }
    assert checks(good.with_cell("comments", row, "char_end", end + 1)) == {("comments", "char_end", "hull")}
