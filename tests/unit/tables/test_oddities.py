"""Oddities: what is odd in a capture is a row of issues, with its place."""

import numpy as np
import pytest

from builder.parse.layout import DUMP, GAPPED, UNKNOWN
from builder.tables.oddities import oddities
from tests.unit.tables.pieces import Piece, captures, segments

HEAD = ("headline", -1, 1.0, 0)
BODY = ("paragraph", -1, 1.0, 1)


def said(
    *texts: list[Piece], layout: int = GAPPED, **more: tuple[tuple[str, str], ...]
) -> list[tuple[str, str]]:
    """Capture and code of every issue of these texts."""
    layouts = np.full(len(texts), layout, dtype=np.uint8)
    found = oddities(captures(len(texts), **more), segments(*texts), layouts)
    return [(one.capture, one.code) for one in found]


def comment(number: int, gap: int = 1) -> Piece:
    """A comment of one line."""
    return ("comment", number, 1.0, gap)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ([], "empty"),
        ([("blank", -1, 1.0, 0)], "empty"),
        ([HEAD], "headline_only"),
        ([HEAD, BODY], "no_comments"),
        ([HEAD, ("caption", -1, 0.9, 1), BODY], "no_comments"),
        ([comment(0)], "no_article"),
        ([("author", 0, 1.0, 0), comment(0)], "no_article"),
    ],
)
def test_a_part_that_is_missing_is_named(text: list[Piece], code: str) -> None:
    """A capture that lacks a part has one issue that says which, between captures that lack none."""
    whole = [HEAD, BODY, comment(0)]
    assert said(whole, text, whole) == [("herald/1.txt", code)]


def test_a_whole_capture_has_no_issue() -> None:
    """Headline, paragraphs and comments without a wide gap are nothing odd."""
    assert said([HEAD, BODY, ("author", 0, 1.0, 2), comment(0), comment(1, 2)]) == []


@pytest.mark.parametrize("gap", [3, 4, 5, 40])
def test_a_gap_between_comments_lost_some(gap: int) -> None:
    """Three blank lines or more between comments are an issue with their number, at the gap itself."""
    text = [HEAD, BODY, comment(0, 2), comment(1, gap), ("author", 2, 1.0, gap), comment(2)]
    found = list(oddities(captures(1), segments(text), np.array([GAPPED], dtype=np.uint8)))
    assert [(one.code, one.char_start, one.char_end) for one in found] == [
        ("comments_lost", 5, 6),
        ("comments_lost", 7, 8),
    ]
    assert all(one.message.startswith(f"{gap} blank lines") for one in found)


def test_the_gap_before_the_thread_lost_none() -> None:
    """A wide gap inside the article or before the first comment of a text tells of no lost comment."""
    one = [HEAD, ("paragraph", -1, 1.0, 5), comment(0, 5)]
    two = [HEAD, BODY, ("author", 1, 1.0, 5), comment(1)]
    assert said(one, two) == []


def test_an_author_without_a_comment_is_an_issue() -> None:
    """A name that no comment follows says that its comment was lost, at the name's place."""
    text = [HEAD, BODY, ("author", -1, 1.0, 2), ("author", 0, 1.0, 1), comment(0)]
    (found,) = oddities(captures(1), segments(text), np.array([GAPPED], dtype=np.uint8))
    assert (found.code, found.char_start, found.char_end) == ("comments_lost", 4, 5)
    assert "name without a comment" in found.message


def test_a_gap_after_a_lone_author_counts() -> None:
    """A lone author begins the thread, so that a wide gap after it is one between comments."""
    text = [HEAD, BODY, ("author", -1, 1.0, 2), comment(0, 4)]
    assert said(text) == [("herald/0.txt", "comments_lost")] * 2


def test_a_dump_is_a_layout_that_is_not_known() -> None:
    """A capture in no convention known to us is an issue; one too short to tell is none."""
    assert said([HEAD, BODY, comment(0)], layout=DUMP) == [("herald/0.txt", "page_dump")]
    assert said([HEAD, BODY, comment(0)], layout=UNKNOWN) == []


def test_what_decoding_noted_comes_first() -> None:
    """The notes of decoding are issues of their capture, ahead of all others."""
    notes = (("recoded", "It was in koi8_r."), ("line_ends", "Made line feeds."))
    found = said([HEAD], notes=notes)
    assert [code for _, code in found] == ["recoded", "line_ends", "headline_only"]
