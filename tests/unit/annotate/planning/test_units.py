"""What annotators see of a comment, an article and a capture."""

import pyarrow as pa
import pytest

from builder.annotate.planning.review import capture_unit, suggestion
from builder.annotate.planning.units import BEFORE, LOST, commenters, text_units
from builder.annotate.questionnaire.questions import LabelConfig, Option, Question
from builder.core.errors import UsageError

TABLES = {
    "articles": pa.Table.from_pylist(
        [
            {
                "article_id": "a1",
                "capture": "p/x.txt",
                "raw_sha256": "",
                "headline": "Crane",
                "text": "It stands.",
            }
        ]
    ),
    "comments": pa.Table.from_pylist(
        [
            {
                "comment_id": f"c{number}",
                "article_id": "a1",
                "position": number,
                "author_id": author,
                "author_name": name,
                "text": f"said {number}",
            }
            for number, (author, name) in enumerate(
                [("u1", "Ann"), (None, None), ("u2", "Bob"), ("u1", "Ann"), *[(None, None)] * 9]
            )
        ]
    ),
}


def shown(*ids: str, named: bool = False) -> list[dict[str, str]]:
    """What stands beside the comments of these ids."""
    return [dict(unit.beside) for unit in text_units("comment", ids, TABLES, named=named)]


def test_commenters_have_numbers() -> None:
    """A commenter has the same number throughout a thread, and no name is shown."""
    (unit,) = shown("c3")
    assert unit["author_label"] == "Commenter 1"
    assert unit["thread_text"] == f"Commenter 1: said 0\n\n{LOST}: said 1\n\nCommenter 2: said 2"
    assert "Ann" not in str(unit)


def test_commenters_have_names_where_the_settings_say_so() -> None:
    """A dataset may show its commenters' names; lost ones stay lost."""
    (unit,) = shown("c3", named=True)
    assert unit["author_label"] == "Ann"
    assert LOST in unit["thread_text"]


def test_lost_commenters_are_counted_as_nobody() -> None:
    """A lost name takes no number, since nobody knows whose it was."""
    rows = [{"author_id": each, "author_name": each} for each in (None, "u9", None, "u3")]
    assert commenters(rows, named=False) == [LOST, "Commenter 1", LOST, "Commenter 2"]


def test_the_first_comment_has_nothing_before_it() -> None:
    """Above the first comment stands a sentence, and no text."""
    (unit,) = shown("c0")
    assert (unit["thread_label"], unit["thread_text"]) == ("This is the first comment.", "")


def test_a_long_thread_is_cut_to_what_came_last() -> None:
    """Of many comments before it the nearest are shown, and it is said how many there are."""
    (unit,) = shown("c12")
    assert unit["thread_label"] == f"The last {BEFORE} of 12 comments before this one"
    assert unit["thread_text"].startswith(f"{LOST}: said 4")


def test_units_that_are_gone_are_left_out() -> None:
    """An id that is in the tables no more gives no unit."""
    assert [unit.unit_id for unit in text_units("comment", ["c1", "c99"], TABLES, named=False)] == ["c1"]


def test_an_article_is_its_text() -> None:
    """The unit of an article is labelled by its text, under its headline."""
    (unit,) = text_units("article", ["a1"], TABLES, named=False)
    assert (unit.text, dict(unit.beside)) == ("It stands.", {"article_title": "Crane"})


SEGMENTS = [
    {"kind": "headline", "comment_id": None, "char_start": 0, "char_end": 5},
    {"kind": "blank", "comment_id": None, "char_start": 5, "char_end": 7},
    {"kind": "comment", "comment_id": "c1", "char_start": 7, "char_end": 11},
    {"kind": "comment", "comment_id": "c1", "char_start": 12, "char_end": 14},
    {"kind": "control", "comment_id": None, "char_start": 15, "char_end": 20},
]
LABELS = tuple(Option(each, each) for each in ("headline", "comment", "continuation", "other"))
TEXT = "Crane\n\nno 😀\nyes\nReply"


def config(*questions: Question) -> LabelConfig:
    """A config that asks these questions about captures."""
    return LabelConfig("review", "Review", "capture", "<View/>", "0" * 64, questions, ("text",))


def test_segments_become_marks() -> None:
    """Each segment but the blank ones is a mark; a comment goes on as a continuation; the rest is other."""
    marks = suggestion(config(Question("lines", "spans", "capture", LABELS)), TEXT, SEGMENTS)["result"]
    assert [mark["value"]["labels"] for mark in marks] == [
        ["headline"],
        ["comment"],
        ["continuation"],
        ["other"],
    ]
    assert all(TEXT[m["value"]["start"] : m["value"]["end"]] == m["value"]["text"] for m in marks)
    assert {(mark["from_name"], mark["to_name"]) for mark in marks} == {("lines", "capture")}


def test_a_review_needs_marks() -> None:
    """A config without labels cannot review captures, and says so."""
    with pytest.raises(UsageError, match="no labels"):
        suggestion(config(), TEXT, SEGMENTS)


def test_a_capture_is_its_whole_text() -> None:
    """The unit of a capture is its text from the first to the last character."""
    row = {"article_id": "a1", "capture": "p/x.txt", "raw_sha256": ""}
    assert capture_unit(row, TEXT).text == TEXT
