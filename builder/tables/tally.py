"""The figures of a build that grow with each shard, so that no table is read twice for them."""

from collections import Counter
from heapq import nsmallest
from operator import itemgetter

import pyarrow as pa
import pyarrow.compute as pc

from builder.core.issues import ERROR
from builder.core.plural import FEW
from builder.tables.figures import Doubt, Noticed
from builder.tables.parts import ShardTables

LEAST = 5
ERRORS_SHOWN = 10


class Tally:
    """What has been counted so far."""

    def __init__(self) -> None:
        self.issues: Counter[str] = Counter()
        self.noticed: dict[str, Noticed] = {}
        self.comments_named = 0
        self.comments_lost = 0
        self.with_language = 0
        self.without_language = 0
        self.copies: Counter[str] = Counter(articles=0, comments=0)
        self.errors: tuple[tuple[str, str], ...] = ()
        self.doubts: tuple[Doubt, ...] = ()

    def add(self, part: ShardTables) -> None:
        """Count one shard."""
        lost = part.comments["author_id"].null_count
        self.comments_lost += lost
        self.comments_named += part.comments.num_rows - lost
        untold = part.comments["lang"].null_count
        self.without_language += untold
        self.with_language += part.comments.num_rows - untold
        for name, rows in (("articles", part.articles), ("comments", part.comments)):
            self.copies[name] += rows.num_rows - rows["duplicate_of"].null_count
        self.add_issues(part.issues)
        self.doubts = tuple(sorted((*self.doubts, *_doubts(part.articles)), key=_by_confidence)[:LEAST])

    def add_issues(self, issues: pa.Table) -> None:
        """Count issues by their code, the captures of each, and note the first that are errors."""
        for group in pc.value_counts(issues["code"]).to_pylist():
            code = group["values"]
            self.issues[code] += group["counts"]
            captures = pc.unique(issues["capture"].filter(pc.equal(issues["code"], code))).to_pylist()
            known = self.noticed.get(code, Noticed(0, ()))
            first = tuple(nsmallest(FEW, (*known.first, *captures)))
            self.noticed[code] = Noticed(known.captures + len(captures), first)
        errors = issues.filter(pc.equal(issues["severity"], ERROR))
        new = zip(errors["capture"].to_pylist(), errors["message"].to_pylist(), strict=True)
        self.errors = tuple(sorted((*self.errors, *new), key=itemgetter(0))[:ERRORS_SHOWN])


def _by_confidence(doubt: Doubt) -> tuple[float, str]:
    return doubt.confidence, doubt.article_id


def _doubts(articles: pa.Table) -> list[Doubt]:
    order = pc.sort_indices(articles, [("parse_confidence", "ascending"), ("article_id", "ascending")])
    rows = articles.take(order.slice(0, LEAST)).to_pylist()
    return [
        Doubt(row["parse_confidence"], row["article_id"], row["capture"], row["n_comments"]) for row in rows
    ]
