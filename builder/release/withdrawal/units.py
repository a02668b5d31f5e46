"""Which units of some tables a ledger takes away: those that it names, and those that go with them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from builder.release.withdrawal.ledger import Ledger, Overwriting, Withdrawal
from builder.release.withdrawal.quotes import long_enough

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Gone:
    """What leaves: comments, articles and authors by id, every withdrawal, articles that lose comments and stand.

    ``withdrawals`` are those of the ledger, then those that follow from them; ``overwritings`` are those of the ledger.
    """

    comments: frozenset[str]
    articles: frozenset[str]
    authors: frozenset[str]
    withdrawals: tuple[Withdrawal, ...]
    touched: frozenset[str]
    overwritings: tuple[Overwriting, ...] = ()

    def units(self, unit_type: str) -> frozenset[str]:
        """The ids of the units of a type that must not be shown; a capture goes when a comment in it does."""
        return {"comment": self.comments, "article": self.articles}.get(
            unit_type, self.articles | self.touched
        )


def gone(tables: Tables, ledger: Ledger) -> Gone:
    """What a ledger takes away: an author with all that they wrote, an article with all that stands below it.

    A comment goes with its copies: the same text by the same author anywhere, or by anybody where it is long
    enough to be no coincidence, since pages are captured twice.
    """
    named = {(one.unit_type, one.unit_id): one for one in reversed(ledger.withdrawals)}
    for one in _following(tables["comments"], ledger):
        named.setdefault((one.unit_type, one.unit_id), one)
    for one in _copies(
        tables["comments"], {unit: one for (kind, unit), one in named.items() if kind == "comment"}
    ):
        named.setdefault((one.unit_type, one.unit_id), one)
    order = {(one.unit_type, one.unit_id): place for place, one in enumerate(ledger.withdrawals)}
    every = sorted(
        named.values(), key=lambda one: (order.get((one.unit_type, one.unit_id), len(order)), one.unit_id)
    )
    comments = frozenset(one.unit_id for one in every if one.unit_type == "comment")
    articles = ledger.ids("article")
    theirs = _with(tables["comments"], "comment_id", comments)["article_id"].to_pylist()
    touched = frozenset(theirs) - articles
    return Gone(comments, articles, ledger.ids("author"), tuple(every), touched, ledger.overwritings)


def _following(comments: pa.Table, ledger: Ledger) -> Iterator[Withdrawal]:
    """The comments of authors and articles that were withdrawn."""
    for column, kind in (("author_id", "author"), ("article_id", "article")):
        causes = {one.unit_id: one for one in ledger.withdrawals if one.unit_type == kind}
        rows = _with(comments, column, causes)
        for unit, cause in zip(rows["comment_id"].to_pylist(), rows[column].to_pylist(), strict=True):
            yield replace(causes[cause], unit_type="comment", unit_id=unit, because_of=cause)


def _copies(comments: pa.Table, named: Mapping[str, Withdrawal]) -> Iterator[Withdrawal]:
    if not {"text", "text_sha256"} <= set(comments.column_names):
        return
    mine = _rows(_with(comments, "comment_id", named))
    known = {sha: (unit, author, text) for unit, author, sha, text in mine if text is not None}
    for unit, author, sha, _ in _rows(_with(comments, "text_sha256", known)):
        original, writer, text = known[sha]
        same_author = author is not None and author == writer
        if unit not in named and (same_author or long_enough(text)):
            yield replace(named[original], unit_type="comment", unit_id=unit, because_of=original)


def _rows(comments: pa.Table) -> Iterable[tuple[str, str | None, str, str | None]]:
    names = ("comment_id", "author_id", "text_sha256", "text")
    return zip(*(comments[name].to_pylist() for name in names), strict=True)


def _with(table: pa.Table, column: str, values: Iterable[str]) -> pa.Table:
    return table.filter(pc.is_in(table[column], value_set=pa.array(sorted(values), pa.string())))
