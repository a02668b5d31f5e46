"""Whether each comment stands in its place, answers one of its article, and has an author or lost one."""

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from builder.contracts.faults import Fault
from builder.tables.check_kinds import Rows, compared, found
from builder.tables.check_links import Linked, truths


def comment_faults(linked: Linked) -> Iterator[Fault]:
    """Positions with gaps, parents in another article, and attributions that author columns contradict."""
    yield from place_faults(linked)
    for column in ("author_id", "author_name"):
        yield from _attribution(linked, column)


def place_faults(linked: Linked) -> Iterator[Fault]:
    """Positions with gaps, and parents in another article."""
    tables, article = linked.tables, linked.link("comments", "article_id")
    positions = linked.numbers("comments", "position"), place_in_group(article)
    words = "position {0}, but {1} comments stand before it in its article"
    yield from compared(tables, ("comments", "position"), "position", positions, words)
    parent = linked.link("comments", "parent_id")
    elsewhere = np.flatnonzero((parent >= 0) & (article[parent] != article))
    place = ("comments", "parent_id")
    yield from found(tables, place, "parent", elsewhere, "it answers a comment of another article")


def place_in_group(groups: Rows) -> Rows:
    """For each row how many rows of its group stand right above it; equal numbers in a row are a group."""
    places = np.arange(len(groups))
    first = np.ones(len(groups), dtype=np.bool_)
    first[1:] = groups[1:] != groups[:-1]
    begins: Rows = np.maximum.accumulate(np.where(first, places, 0))
    return places - begins


def _attribution(linked: Linked, column: str) -> Iterator[Fault]:
    comments = linked.tables["comments"]
    lost = truths(pc.equal(comments["attribution"], "lost"))
    rows = np.flatnonzero(truths(comments[column].is_null()) != lost)
    words = ("the author is named, but null", "the author is lost, but given")
    yield from found(
        linked.tables, ("comments", column), "attribution", rows, lambda row: words[int(lost[row])]
    )
