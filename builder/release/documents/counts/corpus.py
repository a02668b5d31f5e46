"""Articles and comments counted: by source, language and year, their texts, threads, copies and oddities."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.release.documents.counts.arrays import frequencies, has, quantiles, sizes_by

_TEXTS = ("articles", "comments")
_TIMES = (("articles", "published_at"), ("comments", "posted_at"))


def sources(tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
    """Articles, comments, comments that lost their author, and authors of each source."""
    if not has(tables, "articles", "source", "n_comments", "n_unattributed"):
        return []
    sums = [("n_comments", "sum"), ("n_unattributed", "sum"), ([], "count_all")]
    grouped = tables["articles"].group_by("source", use_threads=False).aggregate(sums).to_pylist()
    authors = frequencies(tables["authors"]["source"]) if has(tables, "authors", "source") else {}
    return [
        {
            "source": row["source"],
            "articles": row["count_all"],
            "comments": row["n_comments_sum"],
            "lost": row["n_unattributed_sum"],
            "authors": authors.get(row["source"], 0),
        }
        for row in sorted(grouped, key=lambda row: str(row["source"]))
    ]


def languages(tables: Mapping[str, pa.Table]) -> dict[str, dict[str, int]]:
    """Articles and comments by language."""
    return {name: frequencies(tables[name]["lang"]) for name in _TEXTS if has(tables, name, "lang")}


def years(tables: Mapping[str, pa.Table]) -> dict[str, dict[str, int]]:
    """Articles and comments by the year in which they appeared."""
    return {name: frequencies(pc.year(tables[name][at])) for name, at in _TIMES if has(tables, name, at)}


def dates(tables: Mapping[str, pa.Table]) -> dict[str, list[str]]:
    """The first and the last moment at which articles, and comments, appeared; nothing where none is told."""
    seen = {name: pc.min_max(tables[name][at]).as_py() for name, at in _TIMES if has(tables, name, at)}
    return {
        name: [moment.strftime("%Y-%m-%d") for moment in (found["min"], found["max"])]
        for name, found in seen.items()
        if found["min"] is not None
    }


def text_lengths(tables: Mapping[str, pa.Table]) -> dict[str, dict[str, int]]:
    """Quantiles of the lengths of texts, in code points."""
    return {
        name: quantiles(pc.utf8_length(tables[name]["text"].drop_null()).to_numpy().astype(np.int64))
        for name in _TEXTS
        if has(tables, name, "text")
    }


def threads(tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """Comments by article, answers to comments, and how deep they stand where captures tell."""
    if not has(tables, "comments", "article_id", "parent_id", "depth"):
        return {}
    comments = tables["comments"]
    sizes = sizes_by(comments, "article_id")
    silent = (tables["articles"].num_rows if "articles" in tables else len(sizes)) - len(sizes)
    return {
        "comments_of_an_article": quantiles(np.concatenate([np.zeros(max(silent, 0), np.int64), sizes])),
        "articles_without": silent,
        "answers": comments.num_rows - comments["parent_id"].null_count,
        "depths": frequencies(comments["depth"]),
    }


def duplicates(tables: Mapping[str, pa.Table]) -> dict[str, int]:
    """How many articles and comments are copies of another."""
    return {
        name: len(tables[name]) - tables[name]["duplicate_of"].null_count
        for name in _TEXTS
        if has(tables, name, "duplicate_of")
    }


def issues(tables: Mapping[str, pa.Table]) -> dict[str, int] | None:
    """What the builder noticed in captures, by code; none where the table does not travel."""
    return frequencies(tables["issues"]["code"]) if has(tables, "issues", "code") else None


def captures(tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """Articles by encoding and layout of their captures, captures by content, articles whose address is told."""
    if not has(tables, "articles", "raw_sha256", "encoding", "layout"):
        return {}
    articles = tables["articles"]
    return {
        "contents": len(pc.unique(articles["raw_sha256"])),
        "encodings": frequencies(articles["encoding"]),
        "layouts": frequencies(articles["layout"]),
        "addresses": len(articles) - articles["url"].null_count if has(tables, "articles", "url") else None,
        "licences": frequencies(articles["licence"]) if has(tables, "articles", "licence") else {},
    }
