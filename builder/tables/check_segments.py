"""Whether segments follow each other without gap or overlap, and comments reach as far as theirs."""

from collections.abc import Iterator

import numpy as np

from builder.contracts.faults import Fault
from builder.tables.check_comments import place_in_group
from builder.tables.check_kinds import compared, found
from builder.tables.check_links import Linked

_OWNED = ("comment",)
_FREE = ("headline", "caption", "paragraph")


def segment_faults(linked: Linked) -> Iterator[Fault]:
    """Ordinals with gaps, characters left out or used twice, segments at the wrong comment, wrong hulls."""
    yield from _tiling(linked)
    yield from _owners(linked)
    yield from _signatures(linked)
    yield from _hulls(linked)


def _tiling(linked: Linked) -> Iterator[Fault]:
    tables, place = linked.tables, place_in_group(linked.link("segments", "article_id"))
    ordinals = linked.numbers("segments", "ordinal"), place
    words = "ordinal {0}, but {1} segments stand before it in its article"
    yield from compared(tables, ("segments", "ordinal"), "ordinal", ordinals, words)
    start, end = linked.numbers("segments", "char_start"), linked.numbers("segments", "char_end")
    due = np.where(place == 0, 0, np.roll(end, 1))
    words = "begins at {0}, but the segment before it ends at {1}"
    yield from compared(tables, ("segments", "char_start"), "tiling", (start, due), words)
    empty = np.flatnonzero(end <= start)
    yield from found(tables, ("segments", "char_end"), "tiling", empty, "ends before it has any character")


def _owners(linked: Linked) -> Iterator[Fault]:
    """A segment of a comment names it, in the same article; one of the article names none."""
    tables, comment = linked.tables, linked.link("segments", "comment_id")
    place = ("segments", "comment_id")
    orphans = np.flatnonzero(linked.is_kind(*_OWNED) & (comment < 0))
    yield from found(tables, place, "owner", orphans, "a segment of a comment that names none that is there")
    captives = np.flatnonzero(linked.is_kind(*_FREE) & (comment >= 0))
    yield from found(tables, place, "owner", captives, "a segment of the article that names a comment")
    article = linked.link("comments", "article_id")
    if len(article):
        strangers = (comment >= 0) & (article[comment] != linked.link("segments", "article_id"))
        rows = np.flatnonzero(strangers)
        yield from found(tables, place, "owner", rows, "the comment that it names is of another article")


def _signatures(linked: Linked) -> Iterator[Fault]:
    """A named comment has one segment of kind author, a lost one has none."""
    comment = linked.link("segments", "comment_id")
    signing = comment[linked.is_kind("author") & (comment >= 0)]
    signed = np.bincount(signing, minlength=linked.size("comments"))
    due = (linked.link("comments", "author_id") >= 0).astype(np.int64)
    words = "{0} segments of kind author sign it, not {1}"
    yield from compared(linked.tables, ("comments", "author_id"), "signature", (signed, due), words)


def _hulls(linked: Linked) -> Iterator[Fault]:
    comment = linked.link("segments", "comment_id")
    bodies = np.flatnonzero(linked.is_kind("comment") & (comment >= 0))
    bodies = bodies[np.argsort(comment[bodies], kind="stable")]
    firsts = np.flatnonzero(np.diff(comment[bodies], prepend=-1))
    for column, reach in (("char_start", np.minimum), ("char_end", np.maximum)):
        stored = linked.numbers("comments", column)
        due = stored.copy()  # a comment without segments is a fault of its count
        if len(bodies):
            due[comment[bodies][firsts]] = reach.reduceat(linked.numbers("segments", column)[bodies], firsts)
        words = "is {0}, but its segments of kind comment say {1}"
        yield from compared(linked.tables, ("comments", column), "hull", (stored, due), words)
