"""Each article gets a split by a hash of its id within its source, and its comments follow it.

A hash knows no neighbours: a source that grows keeps what it has, and its shares come near those that are wanted as
it grows. Copies of an article go with the first of them. A comment that repeats one in another split is in none: so
what people write below every article does not tie the articles together.
"""

from collections.abc import Mapping
from hashlib import sha256

import numpy as np
import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.core.split_rule import AUTHOR as BY_AUTHOR
from builder.core.split_rule import SPLITS, SplitRule
from builder.parse.arrays import Flags
from builder.release.splits.clusters import ARTICLE, AUTHOR, reasons, settled
from builder.release.splits.units import NONE, Codes, Units, places, units


def split(tables: Mapping[str, pa.Table], how: SplitRule, before: pa.Table | None = None) -> pa.Table:
    """The splits table of a dataset (its ``articles`` and ``comments``), sorted by its key.

    ``before`` is the splits table of the release before: what had a split there stays in it, or is in none if
    it has turned out to be a copy of what had another. The same tables, rule and ``before`` give the same rows.
    """
    articles = units(tables["articles"], "article_id", before)
    comments = units(tables["comments"], "comment_id", before)
    found, why = settled(articles, _drawn(tables["articles"], articles, how), join=True)
    article = places(tables["comments"]["article_id"], articles.ids)
    theirs, reason = _of_comments(comments, found[article], how, tables["comments"])
    cluster = articles.ids.take(pa.array(articles.first))
    rows = pa.concat_tables(
        [
            _rows("article", articles.ids, found, cluster, why),
            _rows("comment", comments.ids, theirs, cluster.take(pa.array(article)), reason),
        ]
    )
    return rows.sort_by([("unit_type", "ascending"), ("unit_id", "ascending")]).cast(arrow_schema("splits"))


def _drawn(table: pa.Table, articles: Units, how: SplitRule) -> Codes:
    """The split of each article by the hash of the first of its copies."""
    names = zip(table["source"].to_pylist(), articles.ids.to_pylist(), strict=True)
    drawn = np.array([_fraction(how.salt, source, name) for source, name in names], dtype=np.float64)
    limits = np.cumsum(how.shares)
    usable = np.flatnonzero(how.shares)
    codes: Codes = np.minimum(np.searchsorted(limits, drawn, side="right"), usable.max())
    return codes[articles.first]


def _fraction(*words: str) -> float:
    """A number from 0 up to 1, always the same for the same words."""
    digest = sha256("\0".join(words).encode()).digest()
    return int.from_bytes(digest[:6], "big") / (1 << 48)


def _of_comments(comments: Units, wanted: Codes, how: SplitRule, table: pa.Table) -> tuple[Codes, Codes]:
    """Split and reason of each comment: that of its article, unless a copy or its author is elsewhere."""
    kept = Units(comments.ids, comments.first, np.where(comments.before == wanted, comments.before, NONE))
    found, reason = settled(kept, wanted, join=False)
    if how.by == BY_AUTHOR:
        away = _away_from_author(found, kept.before, table["author_id"])
        found, reason = np.where(away, NONE, found), np.where(away, AUTHOR, reason)
    return found, np.where(wanted == NONE, ARTICLE, reason)


def _away_from_author(found: Codes, before: Codes, authors: pa.ChunkedArray) -> Flags:
    """Which comments are in another split than most of their author's; those that had a split before decide."""
    names = authors.combine_chunks().dictionary_encode()
    author = names.indices.fill_null(NONE).to_numpy(zero_copy_only=False).astype(np.int64)
    counted = np.flatnonzero((author >= 0) & (found >= 0))
    weights = np.where(before[counted] == NONE, 1, len(found) + 1)
    cells = author[counted] * len(SPLITS) + found[counted]
    counts = np.bincount(cells, weights, minlength=len(names.dictionary) * len(SPLITS)).reshape(
        -1, len(SPLITS)
    )
    # Of equals the rarer split, which is the last: it has fewer to lose.
    home = len(SPLITS) - 1 - counts[:, ::-1].argmax(axis=1)
    away = np.zeros(len(found), dtype=np.bool_)
    away[counted] = home[author[counted]] != found[counted]
    return away


def _rows(kind: str, ids: pa.Array, found: Codes, cluster: pa.Array, why: Codes) -> pa.Table:
    names = pa.array([*SPLITS, None], pa.string())
    columns = {
        "unit_type": pa.repeat(pa.scalar(kind), len(ids)),
        "unit_id": ids,
        "split": names.take(pa.array(found % len(names))),
        "cluster": cluster,
        "reason": reasons(why),
    }
    return pa.table(columns)
