"""Whether the columns that count other rows count them rightly."""

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from builder.contracts.faults import Fault
from builder.tables.check_kinds import Rows, compared
from builder.tables.check_links import Linked, truths


def count_faults(linked: Linked) -> Iterator[Fault]:
    """Counts that are not the number of rows that they count."""
    for table, column, counted in _counts(linked):
        numbers = linked.numbers(table, column), counted
        yield from compared(linked.tables, (table, column), "count", numbers, "says {0}, but there are {1}")


def _counts(linked: Linked) -> Iterator[tuple[str, str, Rows]]:
    """Each counting column with what it ought to say."""
    article, author = linked.link("comments", "article_id"), linked.link("comments", "author_id")
    lost = truths(pc.equal(linked.tables["comments"]["attribution"], "lost"))
    articles, authors = linked.size("articles"), linked.size("authors")
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
    yield "authors", "n_comments", _tally(author, authors)
    yield "authors", "n_articles", _tally(_once_an_article(author, article), authors)


def _tally(owners: Rows, size: int) -> Rows:
    """How often each of ``size`` rows is named."""
    return np.bincount(owners[owners >= 0], minlength=size)


def _once_an_article(author: Rows, article: Rows) -> Rows:
    """The authors, each as often as there are articles that they commented on."""
    known = (author >= 0) & (article >= 0)
    width = int(article.max(initial=0)) + 1
    pairs: Rows = np.unique(author[known] * width + article[known])
    return pairs // width
