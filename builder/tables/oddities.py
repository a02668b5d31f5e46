"""What is odd in captures that could be parsed: issue rows."""

from collections.abc import Iterator, Sequence

import numpy as np

from builder.core.issues import Issue, issue
from builder.parse.arrays import Codes, Flags, Ints
from builder.parse.gaps import SWALLOWED
from builder.parse.kinds import AUTHOR, BLANK, COMMENT, HEADLINE, KINDS
from builder.parse.layout import DUMP, is_markup
from builder.parse.segment import Segments
from builder.tables.capture import Capture

# Three is one and two: what vanished may have been a link within a comment. More stands for more.
_LOST = (
    "a paragraph that was only a link, or a comment, was lost here.",
    "at least one comment was lost here.",
)
_DUMP = (
    "Its blank lines do not follow the gapped convention, so that article and comments are mostly cut wrongly. "
    "Capture the page with an extractor that parts paragraphs by blank lines."
)
_SOURCE = (
    "It is the source of a page (HTML) and not its text, so that tags are taken for what people wrote. "
    "Make text of it with an extractor, and put that in its place."
)


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
    wide = np.flatnonzero(thread & (segments.gap >= SWALLOWED))
    wide = wide[_begun(segments, thread, wide)]
    said = [
        f"{gap} blank lines between comments: {_LOST[gap > SWALLOWED]}" for gap in segments.gap[wide].tolist()
    ]
    yield from _at(captures, segments, wide - 1, said)
    alone = np.flatnonzero((segments.kind == AUTHOR) & (segments.comment < 0))
    said = ["An author's name without a comment: what this author wrote was lost here."] * len(alone)
    yield from _at(captures, segments, alone, said)


def _begun(segments: Segments, thread: Flags, place: Ints) -> Flags:
    """Which places stand behind a part of the thread in their own text."""
    parts = np.flatnonzero(thread)
    before = parts[np.maximum(np.searchsorted(parts, place) - 1, 0)] if len(parts) else place
    begun: Flags = (before < place) & (segments.text[before] == segments.text[place])
    return begun


def _at(captures: Sequence[Capture], segments: Segments, place: Ints, said: Sequence[str]) -> Iterator[Issue]:
    columns = (segments.text, segments.char_start, segments.char_end)
    for text, start, end, message in zip(*(each[place].tolist() for each in columns), said, strict=True):
        yield issue(captures[text].capture, "comments_lost", message, (start, end))


def _missing(captures: Sequence[Capture], segments: Segments, layout: Codes) -> Iterator[Issue]:
    """Captures that lack a part, or follow no convention known to us."""
    kinds, number = len(KINDS), len(captures)
    counts = np.bincount(segments.text * kinds + segments.kind, minlength=number * kinds).reshape(-1, kinds)
    filled, comments, headlines = (
        counts.sum(axis=1) - counts[:, BLANK],
        counts[:, COMMENT],
        counts[:, HEADLINE],
    )
    odd = (headlines == 0) | (filled == headlines) | (comments == 0) | (layout == DUMP)
    place = np.flatnonzero(odd)
    shown = (place, *(each[place] for each in (filled, comments, headlines, layout == DUMP)))
    for text, *facts, dump in zip(*(each.tolist() for each in shown), strict=True):
        one = captures[text]
        for code, said in _said(*facts):
            yield issue(one.capture, code, said)
        if dump:
            yield issue(one.capture, "page_dump", _SOURCE if is_markup(one.text) else _DUMP)


def _said(filled: int, comments: int, headlines: int) -> Iterator[tuple[str, str]]:
    if not filled:
        yield "empty", "There is no text in it. Capture the page again, or take the file out."
    elif filled == headlines:
        yield "headline_only", "It is a headline and nothing else."
    elif not headlines:
        yield "no_article", "It begins with comments: there is no headline and no article in it."
    elif not comments:
        yield "no_comments", "It is an article without comments."
