"""The comments of a batch as places in its segments."""

from dataclasses import dataclass

import numpy as np

from builder.parse.arrays import Flags, Floats, Ints
from builder.parse.kinds import AUTHOR, BLANK, COMMENT
from builder.parse.segment import Segments


@dataclass(frozen=True)
class Threads:
    """Every comment of a batch, in order.

    Attributes:
        body: the segments of all bodies.
        count: how many of them each comment has; at least 1.
        first, last: the first and last segment of each body.
        author: the segment of its author, where it has one.
        named: whether it has.
        text: the text of the batch it is of.
        position: its number in that text, from 0.
        gap: blank lines before its first line.
        confidence: the least probability among its segments and the one that ends it.
    """

    body: Ints
    count: Ints
    first: Ints
    last: Ints
    author: Ints
    named: Flags
    text: Ints
    position: Ints
    gap: Ints
    confidence: Floats


def threads_of(segments: Segments) -> Threads:
    """Find the comments."""
    body = np.flatnonzero(segments.kind == COMMENT)
    number = int(segments.comment.max(initial=-1)) + 1
    count = np.bincount(segments.comment[body], minlength=number)
    ends = np.cumsum(count)
    first, last = body[ends - count], body[ends - 1]
    author = np.full(number, -1, dtype=np.int64)
    signed = np.flatnonzero((segments.kind == AUTHOR) & (segments.comment >= 0))
    author[segments.comment[signed]] = signed
    named = author >= 0
    text = segments.text[first]
    opener = np.where(named, author, first)
    return Threads(
        body, count, first, last, author, named, text, _positions(text), segments.gap[opener],
        _confidence(segments, number),
    )  # fmt: skip


def _positions(text: Ints) -> Ints:
    place = np.arange(len(text))
    begins = np.diff(text, prepend=-1) > 0
    return place - np.maximum.accumulate(np.where(begins, place, 0)) if len(text) else place


def _confidence(segments: Segments, number: int) -> Floats:
    """A comment is as sure as the least sure of its lines, or as the next line, which says where it ends."""
    least = np.ones(number)
    written = np.flatnonzero(segments.kind != BLANK)
    inside = segments.comment[written] >= 0
    np.minimum.at(least, segments.comment[written][inside], segments.probability[written][inside])
    follows = inside[:-1] & (segments.text[written][1:] == segments.text[written][:-1])
    np.minimum.at(least, segments.comment[written][:-1][follows], segments.probability[written][1:][follows])
    return least
