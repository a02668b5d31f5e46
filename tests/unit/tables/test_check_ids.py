"""Damage to ids, hashes and the names behind authors."""

from hashlib import sha256

from builder.core import ids
from builder.tables.check import check_tables
from tests.unit.tables.corpus import Comment, Dataset, Page, dataset


def checks(damaged: Dataset) -> set[tuple[str, str, str]]:
    """Table, column and kind of each fault."""
    return {(fault.table, fault.column, fault.check) for fault in check_tables(damaged.tables)}


def test_an_article_of_another_capture_is_found(good: Dataset) -> None:
    """An article's id is made from the name of its capture."""
    found = checks(good.with_cell("articles", 0, "capture", "herald/elsewhere.txt"))
    assert found == {("articles", "article_id", "id")}


def test_a_text_with_another_hash_is_found(good: Dataset) -> None:
    """A changed text is found by its hash."""
    assert checks(good.with_cell("comments", 0, "text", "Changed.")) == {("comments", "text_sha256", "hash")}


def test_a_text_and_hash_with_another_id_are_found(good: Dataset) -> None:
    """A comment's id is made from its text's hash."""
    damaged = good.with_cell("comments", 0, "text", "Changed.")
    damaged = damaged.with_cell("comments", 0, "text_sha256", sha256(b"Changed.").hexdigest())
    assert ("comments", "comment_id", "id") in checks(damaged)


def test_equal_texts_are_told_apart_by_their_order(good: Dataset) -> None:
    """Two comments of one text in one article that swapped their ids are both found."""
    rows = good.tables["comments"].to_pylist()
    first, second = [row for row in rows if row["text"] == "Well."]
    first["comment_id"], second["comment_id"] = second["comment_id"], first["comment_id"]
    faults = check_tables(good.with_rows("comments", rows).tables)
    assert [fault.count for fault in faults if (fault.column, fault.check) == ("comment_id", "id")] == [2]


def test_an_author_of_another_name_is_found(good: Dataset) -> None:
    """The key of an author is made from the name, and the id from the key."""
    found = checks(good.with_cell("authors", 0, "name", "Somebody Else"))
    assert found == {("authors", "name_key", "author")}
    found = checks(good.with_cell("authors", 0, "name_key", "somebody else"))
    assert {("authors", "name_key", "author"), ("authors", "author_id", "id")} <= found


def test_a_comment_with_another_name_is_found(good: Dataset) -> None:
    """A comment's author is the one whose name it bears."""
    bob = good.row("comments", author_name="Bob")
    faults = check_tables(good.with_cell("comments", bob, "author_name", "Rob").tables)
    assert [(fault.column, fault.check) for fault in faults] == [("author_id", "author")]
    assert faults[0].examples[0].message == "is not the author called 'Rob' at the article's source"


def test_the_same_name_at_another_source_is_found(good: Dataset) -> None:
    """An author of one source does not sign comments at another."""
    row = good.row("comments", text="Ok.")
    other = ids.author_id("gazette", "ann")
    assert ("comments", "author_id", "author") in checks(good.with_cell("comments", row, "author_id", other))


def test_another_spelling_is_the_same_author() -> None:
    """Case, width and white space do not make another author."""
    pages = [
        Page("herald/a.txt", comments=[Comment(name, [name]) for name in ("Ann B", "ANN  B", "Ａｎｎ B")])
    ]
    spelt = dataset(pages)
    assert spelt.tables["authors"].num_rows == 1
    assert check_tables(spelt.tables) == ()
