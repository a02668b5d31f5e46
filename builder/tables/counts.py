"""What can be counted of a dataset, as Markdown for its datasheet."""

from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.catalogue import table

NEEDED: Mapping[str, tuple[str, ...]] = {
    "articles": ("article_id", "source", "lang", "n_comments", "n_unattributed", "duplicate_of"),
    "comments": ("author_id", "duplicate_of"),
    "authors": ("source",),
    "segments": (),
    "issues": ("code",),
}
"""The columns of each table that counting needs."""


def counted(tables: Mapping[str, pa.Table]) -> dict[str, str]:
    """The counted facts of a dataset by name; those of several lines are Markdown tables."""
    articles, comments = tables["articles"], tables["comments"]
    lost = comments["author_id"].null_count
    codes = _frequencies(tables["issues"]["code"])
    return {
        "articles": f"{articles.num_rows:,}",
        "comments": f"{comments.num_rows:,}",
        "comments_named": f"{comments.num_rows - lost:,}",
        "comments_lost": f"{lost:,}",
        "authors": f"{tables['authors'].num_rows:,}",
        "article_copies": f"{len(articles) - articles['duplicate_of'].null_count:,}",
        "gaps": f"{codes.get('comments_lost', 0):,}",
        "by_source": _by_source(articles, tables["authors"]),
        "by_language": _by_language(articles),
        "issues": _issues(codes),
    }


def _by_source(articles: pa.Table, authors: pa.Table) -> str:
    counts = [("n_comments", "sum"), ("n_unattributed", "sum")]
    grouped = articles.group_by("source").aggregate([("article_id", "count"), *counts]).to_pylist()
    names = _frequencies(authors["source"])
    rows = [
        (
            row["source"],
            row["article_id_count"],
            row["n_comments_sum"],
            row["n_unattributed_sum"],
            names.get(row["source"], 0),
        )
        for row in sorted(grouped, key=lambda row: str(row["source"]))
    ]
    return _markdown(("source", "articles", "comments", "of lost authors", "names"), rows)


def _by_language(articles: pa.Table) -> str:
    grouped = (
        articles.group_by("lang").aggregate([("article_id", "count"), ("n_comments", "sum")]).to_pylist()
    )
    rows = [(row["lang"] or "not given", row["article_id_count"], row["n_comments_sum"]) for row in grouped]
    return _markdown(("language", "articles", "comments"), sorted(rows))


def _issues(codes: Mapping[str, int]) -> str:
    meanings = table("issues").column("code").values
    rows = [(f"`{code}`", codes[code], meaning) for code, meaning in meanings.items() if code in codes]
    return _markdown(("issue", "times", "meaning"), rows) if rows else "Nothing."


def _frequencies(column: pa.ChunkedArray) -> dict[str, int]:
    return {group["values"]: group["counts"] for group in pc.value_counts(column).to_pylist()}


def _markdown(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "\\|").replace("\n", " ")
