"""Damage that only the raw captures can show."""

from collections.abc import Callable
from hashlib import sha256

import pytest

from builder.contracts.faults import merged
from builder.tables import check_raw
from builder.tables.check import check_tables
from builder.tables.check_raw import check_against_raw
from tests.unit.tables.corpus import Comment, Dataset, Page, dataset


def checks(damaged: Dataset) -> set[tuple[str, str, str]]:
    """Table, column and kind of each fault."""
    return {(each.table, each.column, each.check) for each in check_against_raw(damaged.tables, damaged.read)}


def with_capture(good: Dataset, capture: str, data: bytes) -> Dataset:
    """The dataset with other bytes in one capture, and the hash of those in its table."""
    row = good.row("articles", capture=capture)
    rehashed = good.with_cell("articles", row, "raw_sha256", sha256(data).hexdigest())
    return Dataset(rehashed.tables, {**good.raw, capture: data})


def test_true_tables_have_no_faults(good: Dataset) -> None:
    """Tables that were made of these captures pass."""
    assert checks(good) == set()


def test_no_tables_have_no_faults(good: Dataset) -> None:
    """A dataset without a row passes, and nothing is read."""
    empty = Dataset({name: table.slice(0, 0) for name, table in good.tables.items()}, {})
    assert checks(empty) == set()


def test_a_missing_capture_is_found(good: Dataset) -> None:
    """A capture that is gone is named, and the others are still compared."""
    raw = {capture: data for capture, data in good.raw.items() if capture != "herald/one.txt"}
    (fault,) = check_against_raw(good.tables, Dataset(good.tables, raw).read)
    assert (fault.check, fault.count) == ("missing", 1)
    assert "herald/one.txt cannot be read: " in fault.message
    assert fault.message.endswith("build again so that the tables follow it: builder build")


def test_a_changed_capture_is_found(good: Dataset) -> None:
    """A capture of other bytes is named by its hash, and not compared any further."""
    raw = {**good.raw, "herald/one.txt": b"Something else"}
    assert checks(Dataset(good.tables, raw)) == {("articles", "raw_sha256", "changed")}


def test_a_capture_that_is_no_text_is_found(good: Dataset) -> None:
    """Bytes that cannot be decoded are a fault of their own, though the hash is right."""
    binary = with_capture(good, "herald/two.txt", bytes(range(256)) * 4)
    assert checks(binary) == {("articles", "encoding", "undecodable")}


def test_another_encoding_is_found(good: Dataset) -> None:
    """The table says which encoding a capture was decoded from."""
    row = good.row("articles", capture="herald/two.txt")
    assert checks(good.with_cell("articles", row, "encoding", "cp1252")) == {
        ("articles", "encoding", "encoding")
    }


@pytest.mark.parametrize(
    "change", [lambda data: data + b"\n", lambda data: data[:-1]], ids=["longer", "shorter"]
)
def test_a_text_of_another_length_is_found(good: Dataset, change: Callable[[bytes], bytes]) -> None:
    """Segments end where the capture ends, neither before nor after."""
    longer = with_capture(good, "herald/two.txt", change(good.raw["herald/two.txt"]))
    assert ("articles", "article_id", "coverage") in checks(longer)


def test_an_article_without_segments_is_found(good: Dataset) -> None:
    """A capture with text has segments."""
    rows = good.tables["segments"].to_pylist()
    gone = rows[0]["article_id"]
    found = checks(good.with_rows("segments", [row for row in rows if row["article_id"] != gone]))
    assert ("articles", "article_id", "coverage") in found


@pytest.mark.parametrize("column", ["headline", "caption", "text"])
@pytest.mark.parametrize("value", ["Other", "Bridge"])
def test_a_text_of_an_article_is_cut_out_again(good: Dataset, column: str, value: str) -> None:
    """Headline, caption and text are what their segments cut out of the capture."""
    row = good.row("articles", capture="herald/one.txt")
    assert checks(good.with_cell("articles", row, column, value)) == {("articles", column, "slice")}


@pytest.mark.parametrize(("column", "value"), [("headline", None), ("caption", None), ("text", "")])
def test_a_text_that_is_left_out_is_found(good: Dataset, column: str, value: str | None) -> None:
    """A headline in the capture is a headline in the table."""
    row = good.row("articles", capture="herald/one.txt")
    assert checks(good.with_cell("articles", row, column, value)) == {("articles", column, "slice")}


def test_a_text_that_is_made_up_is_found(good: Dataset) -> None:
    """A headline in the table is a headline in the capture."""
    row = good.row("articles", capture="gazette/empty.txt")
    assert checks(good.with_cell("articles", row, "headline", "Made up")) == {
        ("articles", "headline", "slice")
    }


def test_a_comment_is_cut_out_again(good: Dataset) -> None:
    """A comment's text is its segments, a blank line between two, as they stand in the capture."""
    row = good.row("comments", author_name="Bob")
    (fault,) = check_against_raw(good.with_cell("comments", row, "text", "Add more tanks").tables, good.read)
    assert (fault.table, fault.column, fault.check) == ("comments", "text", "slice")
    assert fault.examples[0].message == "the segments cut 'Add more tanks 🐘' out of the capture"


@pytest.mark.parametrize("name", ["Rob", "bob", " Bob", None])
def test_a_name_is_cut_out_again(good: Dataset, name: str | None) -> None:
    """An author's name is its segment, without white space around it."""
    row = good.row("comments", author_name="Bob")
    assert checks(good.with_cell("comments", row, "author_name", name)) == {
        ("comments", "author_name", "slice")
    }


def test_wrong_offsets_are_found(good: Dataset) -> None:
    """Offsets in bytes instead of code points cut out something else."""
    rows = good.tables["segments"].to_pylist()
    row = good.row("segments", kind="caption")
    rows[row]["char_end"] += 3
    rows[row + 1]["char_start"] += 3
    assert ("articles", "caption", "slice") in checks(good.with_rows("segments", rows))


def test_offsets_out_of_this_world_are_found(good: Dataset) -> None:
    """Offsets beyond every text are a fault, not a crash."""
    row = good.row("segments", kind="comment")
    assert checks(good.with_cell("segments", row, "char_end", 2**31 - 1))
    assert checks(good.with_cell("segments", row, "char_start", 2**31 - 1))


def test_disorder_changes_nothing(good: Dataset) -> None:
    """Rows out of order are a fault of the tables; against raw they are as true as before."""
    backwards = {name: table.to_pylist()[::-1] for name, table in good.tables.items()}
    turned = good
    for name, rows in backwards.items():
        turned = turned.with_rows(name, rows)
    assert checks(turned) == set()
    assert {fault.check for fault in check_tables(turned.tables)} == {"order"}


def test_batches_make_no_difference(good: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """Captures read one at a time give the same faults, and progress is told of each."""
    damaged = good.with_cell("comments", 0, "text", "A").with_cell("comments", 3, "text", "B")
    damaged = Dataset(damaged.tables, {**good.raw, "herald/two.txt": b"changed"})
    told: list[int] = []
    at_once = merged(check_against_raw(damaged.tables, damaged.read))
    monkeypatch.setattr(check_raw, "_BATCH_CAPTURES", 1)
    one_by_one = merged(check_against_raw(damaged.tables, damaged.read, told.append))
    assert {fault.message for fault in one_by_one} == {fault.message for fault in at_once}
    assert told == [1, 1, 1, 1]


def test_interleaved_comments_are_put_together() -> None:
    """Segments of one comment need not stand side by side."""
    pages = [Page("herald/a.txt", comments=[Comment(None, ("one", "two")), Comment(None, ("three", "four"))])]
    plain = dataset(pages)
    rows = plain.tables["segments"].to_pylist()
    bodies = [row for row in rows if row["kind"] == "comment"]
    bodies[1]["comment_id"], bodies[2]["comment_id"] = bodies[2]["comment_id"], bodies[1]["comment_id"]
    mixed = plain.with_rows("segments", rows)
    cut = [fault.examples[0].message for fault in check_against_raw(mixed.tables, mixed.read)]
    assert cut == [r"the segments cut 'one\n\nthree' out of the capture"]
