"""The units of the built tables that a round may ask about."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from builder.annotate.planning.sample import Candidate
from builder.annotate.questionnaire.questions import UnitType

NEEDED: Mapping[str, tuple[str, ...]] = {
    "articles": ("article_id", "source", "lang", "layout", "parse_confidence", "headline", "text"),
    "comments": ("comment_id", "article_id", "position", "lang", "attribution", "parse_confidence"),
}
"""The columns of the tables that candidates are made of."""
_UNKNOWN = "unknown"


def candidates(unit_type: UnitType, tables: Mapping[str, pa.Table]) -> tuple[Candidate, ...]:
    """All units of a type, from the tables ``articles`` and ``comments`` with the columns ``NEEDED``.

    A comment's language is its own, or else its article's. An article without any text is none to ask about.
    """
    articles = {row["article_id"]: row for row in tables["articles"].to_pylist()}
    if unit_type == "comment":
        return tuple(_comment(row, articles[row["article_id"]]) for row in _rows(tables["comments"]))
    return tuple(_article(row) for row in articles.values() if unit_type == "capture" or row["text"])


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches():
        yield from batch.to_pylist()


def _comment(row: Mapping[str, Any], article: Mapping[str, Any]) -> Candidate:
    strata = {
        "source": article["source"],
        "lang": row["lang"] or article["lang"] or _UNKNOWN,
        "attribution": row["attribution"],
        "article": row["article_id"],
    }
    return Candidate(row["comment_id"], row["article_id"], row["position"], row["parse_confidence"], strata)


def _article(row: Mapping[str, Any]) -> Candidate:
    strata = {"source": row["source"], "lang": row["lang"] or _UNKNOWN, "layout": row["layout"]}
    return Candidate(row["article_id"], row["article_id"], 0, row["parse_confidence"], strata)
