"""A batch of captures against the rows that were made of it: coverage, and every text that was cut out."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.faults import Fault, shortened
from builder.tables.check_buffer import Buffer, unequal
from builder.tables.check_kinds import Rows, Tables, found
from builder.tables.check_links import Linked
from builder.tables.columns import places

_OF_ARTICLES = (("headline", "headline"), ("caption", "caption"), ("text", "paragraph"))
_OF_COMMENTS = (("text", "comment"), ("author_name", "author"))


@dataclass(frozen=True, slots=True)
class Belonging:
    """The article of each row of an ordered table (-1: none), and the same without the -1, for bisection."""

    article: Rows
    rising: Rows

    def rows_of(self, articles: Rows) -> tuple[Rows, Rows]:
        """The rows that belong to these articles (rising), and the place of each one's article among them."""
        first, end = np.searchsorted(self.rising, (articles[0], articles[-1] + 1))
        places = np.searchsorted(articles, self.rising[first:end])
        rows = np.flatnonzero(articles[places] == self.article[first:end])
        return rows + first, places[rows]


@dataclass(frozen=True, slots=True)
class Cuts:
    """The tables in order, and the columns of segments as arrays; comments are row numbers, or -1."""

    tables: Tables
    comments: Belonging
    segments: Belonging
    comment: Rows
    start: Rows
    end: Rows
    kinds: dict[str, npt.NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of articles, rising, and the canonical texts of their captures in the same order."""

    articles: Rows
    buffer: Buffer


def cuts_of(together: Linked) -> Cuts:
    """What the comparison with raw needs to know of tables that are in order."""
    return Cuts(
        tables=together.tables,
        comments=_belonging(together.link("comments", "article_id")),
        segments=_belonging(together.link("segments", "article_id")),
        comment=together.link("segments", "comment_id"),
        start=together.numbers("segments", "char_start"),
        end=together.numbers("segments", "char_end"),
        kinds={kind: together.is_kind(kind) for _, kind in _OF_ARTICLES + _OF_COMMENTS},
    )


def batch_faults(cuts: Cuts, batch: Batch) -> Iterator[Fault]:
    """Texts that are not covered to their end, and columns that are not what segments cut out."""
    segments, text = cuts.segments.rows_of(batch.articles)
    yield from _coverage(cuts, batch, segments, text)
    firsts, ends = batch.buffer.spans(text, cuts.start[segments], cuts.end[segments])
    for column, kind in _OF_ARTICLES:
        here = np.flatnonzero(cuts.kinds[kind][segments])
        cut = batch.buffer.joined(firsts[here], ends[here], text[here], len(batch.articles))
        cut = cut.fill_null("") if column == "text" else cut
        yield from _differences(cuts, ("articles", column), batch.articles, cut)
    comments, _ = cuts.comments.rows_of(batch.articles)
    owner = _places(comments, cuts.comment[segments], len(cuts.comments.article))
    for column, kind in _OF_COMMENTS:
        here = np.flatnonzero(cuts.kinds[kind][segments] & (owner >= 0))
        cut = batch.buffer.joined(firsts[here], ends[here], owner[here], len(comments))
        cut = pc.utf8_trim_whitespace(cut) if column == "author_name" else cut
        yield from _differences(cuts, ("comments", column), comments, cut)


def _places(among: Rows, rows: Rows, size: int) -> Rows:
    """The place of each row among some of a table of that size; -1 for one that is not among them, or none."""
    place = np.full(size + 1, -1, dtype=np.int64)
    place[among] = np.arange(len(among))
    return place[rows]


def _belonging(article: Rows) -> Belonging:
    return Belonging(article, np.maximum.accumulate(article))


def _coverage(cuts: Cuts, batch: Batch, segments: Rows, text: Rows) -> Iterator[Fault]:
    reached = np.zeros(len(batch.articles), dtype=np.int64)
    np.maximum.at(reached, text, cuts.end[segments])
    wrong = np.flatnonzero(reached != batch.buffer.lengths)
    lengths = dict(zip(batch.articles[wrong].tolist(), batch.buffer.lengths[wrong].tolist(), strict=True))
    yield from found(
        cuts.tables,
        ("articles", "article_id"),
        "coverage",
        batch.articles[wrong],
        lambda row: f"its capture has {lengths[row]} characters, but its segments do not end there",
    )


def _differences(cuts: Cuts, place: tuple[str, str], rows: Rows, cut: pa.Array) -> Iterator[Fault]:
    if not len(rows):
        return
    name, column = place
    stored = cuts.tables[name][column].slice(rows[0], rows[-1] - rows[0] + 1).combine_chunks()
    stored = stored if len(stored) == len(rows) else stored.take(places(rows - rows[0]))
    if stored.equals(cut):
        return
    wrong = unequal(stored, cut)
    said = dict(zip(rows[wrong].tolist(), wrong.tolist(), strict=True))
    yield from found(
        cuts.tables,
        place,
        "slice",
        rows[wrong],
        lambda row: f"the segments cut {shortened(cut[said[row]].as_py())} out of the capture",
    )
