"""Whether each comment stands in its place, answers one of its article, and has an author or lost one."""

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from builder.contracts.faults import Fault
from builder.tables.check_kinds import Rows, found
from builder.tables.check_links import Linked, truths


def comment_faults(linked: Linked) -> Iterator[Fault]:
    """Positions with gaps, parents in another article, and attributions that author columns contradict."""
    tables = linked.tables
    article = linked.link("comments", "article_id")
    position = linked.numbers("comments", "position")
    expected = place_in_group(article)
    yield from found(
        tables,
        ("comments", "position"),
        "position",
        np.flatnonzero(position != expected),
        lambda row: f"position {position[row]}, but {expected[row]} comments stand before it in its article",
    )
    parent = linked.link("comments", "parent_id")
    elsewhere = (parent >= 0) & (article[parent] != article)
    yield from found(
        tables,
        ("comments", "parent_id"),
        "parent",
        np.flatnonzero(elsewhere),
        lambda _: "it answers a comment of another article",
    )
    yield from _attributions(linked)


def place_in_group(groups: Rows) -> Rows:
    """For each row how many rows of its group stand right above it; equal numbers in a row are a group."""
    places = np.arange(len(groups))
    first = np.ones(len(groups), dtype=np.bool_)
    first[1:] = groups[1:] != groups[:-1]
    return places - np.maximum.accumulate(np.where(first, places, 0))


def _attributions(linked: Linked) -> Iterator[Fault]:
    comments = linked.tables["comments"]
    lost = truths(pc.equal(comments["attribution"], "lost"))
    for column in ("author_id", "author_name"):
        null = truths(comments[column].is_null())
        yield from found(
            linked.tables,
            ("comments", column),
            "attribution",
            np.flatnonzero(null != lost),
            lambda row, lost=lost: (
                "the author is lost, but given" if lost[row] else "the author is named, but null"
            ),
        )
