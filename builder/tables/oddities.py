"""What is odd in captures that could be parsed: issue rows."""

from collections.abc import Iterator, Sequence

import numpy as np

from builder.core.issues import Issue, issue
from builder.parse.arrays import Codes
from builder.parse.gaps import SWALLOWED
from builder.parse.kinds import AUTHOR, BLANK, COMMENT, HEADLINE
from builder.parse.layout import DUMP
from builder.parse.segment import Segments
from builder.tables.capture import Capture


def oddities(captures: Sequence[Capture], segments: Segments, layout: Codes) -> Iterator[Issue]:
    """The issues of each capture, those of one capture by their place."""
    for capture in captures:
        for code, message in capture.notes:
            yield issue(capture.capture, code, message)
    yield from _lost(captures, segments)
    yield from _missing(captures, segments, layout)


def _lost(captures: Sequence[Capture], segments: Segments) -> Iterator[Issue]:
    """Gaps between comments, and authors without a comment, that tell of comments that are gone."""
    thread = (segments.comment >= 0) | (segments.kind == AUTHOR)
    begun = np.zeros(len(thread), dtype=np.bool_)
    begun[1:] = (np.cumsum(thread)[:-1] - _before_text(segments, thread)[1:]) > 0
    wide = thread & begun & (segments.gap >= SWALLOWED)
    for place in np.flatnonzero(wide):
        said = f"{segments.gap[place]} blank lines between comments: at least one comment was lost here."
        yield _at(captures, segments, int(place) - 1, said)
    for place in np.flatnonzero((segments.kind == AUTHOR) & (segments.comment < 0)):
        said = "An author's name without a comment: what this author wrote was lost here."
        yield _at(captures, segments, int(place), said)


def _before_text(segments: Segments, marked: np.ndarray) -> np.ndarray:
    """For each segment, how many marked ones lie before its text."""
    running = np.cumsum(marked) - marked
    return running[np.searchsorted(segments.text, segments.text)]


def _at(captures: Sequence[Capture], segments: Segments, place: int, said: str) -> Issue:
    span = int(segments.char_start[place]), int(segments.char_end[place])
    return issue(captures[segments.text[place]].capture, "comments_lost", said, span)


def _missing(captures: Sequence[Capture], segments: Segments, layout: Codes) -> Iterator[Issue]:
    """Captures that lack a part, or follow no convention known to us."""
    number = len(captures)
    filled = np.bincount(segments.text[segments.kind != BLANK], minlength=number)
    comments = np.bincount(segments.text[segments.kind == COMMENT], minlength=number)
    headlines = np.bincount(segments.text[segments.kind == HEADLINE], minlength=number)
    for place, capture in enumerate(captures):
        for code, said in _said(filled[place], comments[place], headlines[place], bool(layout[place] == DUMP)):
            yield issue(capture.capture, code, said)


def _said(filled: int, comments: int, headlines: int, dump: bool) -> Iterator[tuple[str, str]]:
    if not filled:
        yield "empty", "There is no text in it. Capture the page again, or take the file out."
    elif filled == headlines:
        yield "headline_only", "It is a headline and nothing else."
    elif not headlines:
        yield "no_article", "It begins with comments: there is no headline and no article in it."
    elif not comments:
        yield "no_comments", "It is an article without comments."
    if dump:
        yield (
            "layout_unknown",
            "Its blank lines do not follow the gapped convention, so articles and comments may be cut wrongly. "
            "Look at it: builder show; or capture the page with an extractor that parts paragraphs by blank lines.",
        )
