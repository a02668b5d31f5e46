"""Segments: small captures in the convention come out as a reader would cut them."""

import numpy as np
import pytest

from builder.parse.batch import make_batch
from builder.parse.kinds import KINDS
from builder.parse.segment import label
from tests.unit.parse.reading import model, segments_of, signed, told

BODY = (
    "Artillery fire struck the road bridge for the third night running, engineers on both banks said on Tuesday.",
    "The bridge is the last crossing that has stayed open since the border was closed in January, they said.",
)
ARTICLE = "Bridge Shelled for a Third Night\n\n" + "\n\n".join(BODY) + "\n"
OPINION = "I think you are all wrong about this bridge, and I have lived beside it for thirty years."
THREAD = (
    f"\n\nAnn Lee\n\n{OPINION}\n\nAnd you know it.\n\n\nSo what?\n\nBob\n\nRead the article again, Ann.\n\n\n"
    "Add more tanks.\n\nAnn Lee\n\nNo.\n"
)


def test_a_thread_is_cut_as_it_is_read() -> None:
    """Headline, paragraphs, then comments: signed ones with all their paragraphs, and those whose author is lost."""
    assert told(ARTICLE + THREAD)[:3] == [
        ("headline", ARTICLE.split("\n")[0]),
        *(("paragraph", each) for each in BODY),
    ]
    assert signed(ARTICLE + THREAD) == [
        ("Ann Lee", [OPINION, "And you know it."]),
        (None, ["So what?"]),
        ("Bob", ["Read the article again, Ann."]),
        (None, ["Add more tanks."]),
        ("Ann Lee", ["No."]),
    ]


@pytest.mark.parametrize("size", range(3, 9))
def test_a_wide_gap_opens_comments_whatever_its_width(size: int) -> None:
    """Where the article ends at any gap of three blank lines or more, what follows is no part of it."""
    text = ARTICLE + "\n" * size + f"{OPINION}\n\nBob\n\nYes, I know you do.\n\n\nWell, so do I!\n"
    assert [kind for kind, _ in told(text)[:3]] == ["headline", "paragraph", "paragraph"]
    assert signed(text)[-2:] == [("Bob", ["Yes, I know you do."]), (None, ["Well, so do I!"])]


def test_an_article_alone_has_no_comments() -> None:
    """Paragraphs that nothing follows stay paragraphs."""
    assert [kind for kind, _ in told(ARTICLE)] == ["headline", "paragraph", "paragraph"]


def test_one_line_is_a_headline() -> None:
    """A capture of one line is a headline, with its white space in it."""
    assert told("\n\n Bridge Shelled \n") == [("headline", " Bridge Shelled ")]


def test_lines_without_a_blank_between_are_one_segment() -> None:
    """Lines of one kind that nothing parts are one segment with its line ends in it."""
    text = ARTICLE + THREAD.replace("I think you", "I think\nyou")
    assert signed(text)[0][1][0] == OPINION.replace("I think you", "I think\nyou")


def test_numbers_go_on_through_a_batch() -> None:
    """Comments are numbered through the batch, so that no two texts share one."""
    segments = segments_of([ARTICLE + THREAD, ARTICLE, ARTICLE + THREAD])
    assert sorted(set(segments.comment.tolist())) == list(range(-1, 10))
    assert set(segments.text[segments.comment > 4].tolist()) == {2}


@pytest.mark.parametrize("after", ["\n\nAdd more tanks.\n", "\n\n\n\nAdd more tanks.\n", ""])
def test_an_author_without_a_comment_has_no_number(after: str) -> None:
    """A name whose comment was lost keeps its line, is of no comment, and does not sign the one below a wide gap."""
    text = ARTICLE + THREAD + "\nBob\n" + after
    labelled = label(make_batch([text.encode()]), model())
    lone = (labelled.kind == KINDS.index("author")) & (labelled.comment < 0)
    (place,) = np.flatnonzero(lone)
    assert text.encode()[labelled.lines.start[place] : labelled.lines.end[place]] == b"Bob"
    assert signed(text)[5:] == ([(None, ["Add more tanks."])] if after else [])


def test_nothing_is_no_segment() -> None:
    """No text and an empty text have no segment; a blank one has one."""
    assert len(segments_of([]).kind) == 0
    assert len(segments_of(["", ""]).kind) == 0
    assert [KINDS[kind] for kind in segments_of(["", " \n\n", ""]).kind] == ["blank"]
