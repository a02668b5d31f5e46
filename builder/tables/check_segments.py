"""Whether segments follow each other without gap or overlap, and comments reach as far as theirs."""

from collections.abc import Iterator

import numpy as np

from builder.contracts.faults import Fault
from builder.tables.check_comments import place_in_group
from builder.tables.check_kinds import found
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
    tables, article = linked.tables, linked.link("segments", "article_id")
    ordinal, expected = linked.numbers("segments", "ordinal"), place_in_group(article)
    yield from found(
        tables,
        ("segments", "ordinal"),
        "ordinal",
        np.flatnonzero(ordinal != expected),
        lambda row: f"ordinal {ordinal[row]}, but {expected[row]} segments stand before it in its article",
    )
    start, end = linked.numbers("segments", "char_start"), linked.numbers("segments", "char_end")
    due = np.where(expected == 0, 0, np.concatenate(([0], end[:-1]))[: len(end)])
    yield from found(
        tables,
        ("segments", "char_start"),
        "tiling",
        np.flatnonzero(start != due),
        lambda row: f"begins at {start[row]}, but the segment before it ends at {due[row]}",
    )
    yield from found(
        tables,
        ("segments", "char_end"),
        "tiling",
        np.flatnonzero(end <= start),
        lambda row: f"ends at {end[row]}, which is not after its beginning at {start[row]}",
    )


def _owners(linked: Linked) -> Iterator[Fault]:
    """A segment of a comment names it, in the same article; one of the article names none."""
    tables, comment = linked.tables, linked.link("segments", "comment_id")
    place = ("segments", "comment_id")
    orphans = np.flatnonzero(linked.is_kind(*_OWNED) & (comment < 0))
    yield from found(
        tables, place, "owner", orphans, lambda _: "a segment of a comment that names none that is there"
    )
    captives = np.flatnonzero(linked.is_kind(*_FREE) & (comment >= 0))
    yield from found(
        tables, place, "owner", captives, lambda _: "a segment of the article that names a comment"
    )
    article = linked.link("comments", "article_id")
    if len(article):
        strangers = (comment >= 0) & (article[comment] != linked.link("segments", "article_id"))
        rows = np.flatnonzero(strangers)
        yield from found(
            tables, place, "owner", rows, lambda _: "the comment that it names is of another article"
        )


def _signatures(linked: Linked) -> Iterator[Fault]:
    """A named comment has one segment of kind author, a lost one has none."""
    comment = linked.link("segments", "comment_id")
    signing = comment[linked.is_kind("author") & (comment >= 0)]
    signed = np.bincount(signing, minlength=linked.size("comments"))
    due = (linked.link("comments", "author_id") >= 0).astype(np.int64)
    yield from found(
        linked.tables,
        ("comments", "author_id"),
        "signature",
        np.flatnonzero(signed != due),
        lambda row: f"{signed[row]} segments of kind author sign it, not {due[row]}",
    )


def _hulls(linked: Linked) -> Iterator[Fault]:
    comment = linked.link("segments", "comment_id")
    bodies = np.flatnonzero(linked.is_kind("comment") & (comment >= 0))
    bodies = bodies[np.argsort(comment[bodies], kind="stable")]
    if not len(bodies):
        return
    firsts = np.flatnonzero(np.diff(comment[bodies], prepend=-1))
    owners = comment[bodies][firsts]
    for column, reach in (("char_start", np.minimum), ("char_end", np.maximum)):
        due = np.zeros(linked.size("comments"), dtype=np.int64)
        due[owners] = reach.reduceat(linked.numbers("segments", column)[bodies], firsts)
        stored = linked.numbers("comments", column)
        yield from found(
            linked.tables,
            ("comments", column),
            "hull",
            owners[stored[owners] != due[owners]],
            lambda row, stored=stored, due=due: f"is {stored[row]}, but its segments say {due[row]}",
        )
