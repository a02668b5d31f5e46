"""Whether the columns that count other rows count them rightly."""

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow.compute as pc

from builder.contracts.faults import Fault
from builder.tables.check_kinds import Rows, Tables, compared
from builder.tables.check_links import Linked, numbers, truths

Counts = Mapping[str, Rows]
"""For each counting column what it ought to say."""


def count_faults(linked: Linked) -> Iterator[Fault]:
    """Counts of articles and comments that are not the number of rows that they count."""
    for table, column, counted in _counts(linked):
        yield from _miscounted(linked.tables, (table, column), counted)


def author_count_faults(tables: Tables, counts: Counts) -> Iterator[Fault]:
    """The same for authors, whose comments may be anywhere."""
    for column, counted in counts.items():
        yield from _miscounted(tables, ("authors", column), counted)


def author_counts(linked: Linked) -> Counts:
    """How many of the comments each author wrote, and on how many of the articles."""
    author, article = linked.link("comments", "author_id"), linked.link("comments", "article_id")
    size = linked.size("authors")
    return {
        "n_comments": _tally(author, size),
        "n_articles": _tally(_once_an_article(author, article), size),
    }


def _miscounted(tables: Tables, place: tuple[str, str], counted: Rows) -> Iterator[Fault]:
    name, column = place
    said = numbers(tables[name], column), counted
    yield from compared(tables, place, "count", said, "says {0}, but there are {1}")


def _counts(linked: Linked) -> Iterator[tuple[str, str, Rows]]:
    """Each counting column with what it ought to say."""
    article, articles = linked.link("comments", "article_id"), linked.size("articles")
    lost = truths(pc.equal(linked.tables["comments"]["attribution"], "lost"))
    yield "articles", "n_comments", _tally(article, articles)
    yield "articles", "n_unattributed", _tally(article[lost], articles)
    paragraphs = linked.is_kind("paragraph")
    yield "articles", "n_paragraphs", _tally(linked.link("segments", "article_id")[paragraphs], articles)
    bodies = linked.is_kind("comment")
    yield (
        "comments",
        "n_paragraphs",
        _tally(linked.link("segments", "comment_id")[bodies], linked.size("comments")),
    )


def _tally(owners: Rows, size: int) -> Rows:
    """How often each of ``size`` rows is named."""
    return np.bincount(owners[owners >= 0], minlength=size)


def _once_an_article(author: Rows, article: Rows) -> Rows:
    """The authors, each as often as there are articles that they commented on."""
    known = (author >= 0) & (article >= 0)
    width = int(article.max(initial=0)) + 1
    pairs: Rows = np.unique(author[known] * width + article[known])
    return pairs // width
