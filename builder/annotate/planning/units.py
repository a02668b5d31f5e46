"""Units as annotators see them: the text that is labelled, and what stands beside it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.annotate.questionnaire.questions import UnitType
from builder.annotate.tasks import WITHDRAWN, Unit

NEEDED: Mapping[str, tuple[str, ...]] = {
    "articles": ("article_id", "capture", "raw_sha256", "headline", "text"),
    "comments": ("comment_id", "article_id", "position", "author_id", "author_name", "text"),
}
"""The columns of the tables that units are made of."""
BEFORE = 8
"""So many comments before the one that is labelled are shown with it."""
LOST = "Commenter (name lost)"


def text_units(
    unit_type: UnitType,
    ids: Iterable[str],
    tables: Mapping[str, pa.Table],
    *,
    named: bool,
    withdrawn: Collection[str] = (),
) -> Iterator[Unit]:
    """The comments or articles of these ids, in the order of the tables; those that are not there are left out.

    ``named`` shows commenters by their names, else by numbers that are the same within a thread. Units that are
    ``withdrawn`` are left out, and shown beside no other one.
    """
    wanted = set(ids) - set(withdrawn)
    if unit_type == "article":
        articles = _with(tables["articles"], "article_id", wanted)
        yield from (_article_unit(row) for row in articles.to_pylist())
        return
    comments = tables["comments"]
    threads = pc.unique(_with(comments, "comment_id", wanted)["article_id"]).to_pylist()
    articles = {
        row["article_id"]: row for row in _with(tables["articles"], "article_id", threads).to_pylist()
    }
    for article_id, thread in _threads(_with(comments, "article_id", threads)).items():
        yield from _comment_units(
            articles[article_id], _told(thread, named=named, withdrawn=withdrawn), wanted
        )


def commenters(thread: Sequence[Mapping[str, Any]], *, named: bool) -> list[str]:
    """What the author of each comment of a thread is called: a number by first appearance, or the name.

    Two lost authors are called alike and are told apart nowhere: nobody knows whether they are one.
    """
    numbers: dict[str, str] = {}
    for row in thread:
        if row["author_id"] is not None:
            name = row["author_name"] if named else f"Commenter {len(numbers) + 1}"
            numbers.setdefault(row["author_id"], name)
    return [numbers.get(row["author_id"], LOST) for row in thread]


_Told = tuple[Mapping[str, Any], str, str]
"""A comment of a thread, what its author is called, and how it is shown beside others."""


def _told(thread: Sequence[Mapping[str, Any]], *, named: bool, withdrawn: Collection[str]) -> list[_Told]:
    return [
        (row, name, WITHDRAWN if row["comment_id"] in withdrawn else f"{name}: {row['text']}")
        for row, name in zip(thread, commenters(thread, named=named), strict=True)
    ]


def _comment_units(article: Mapping[str, Any], thread: Sequence[_Told], wanted: set[str]) -> Iterator[Unit]:
    for place, (row, name, _) in enumerate(thread):
        if row["comment_id"] in wanted:
            first = max(0, place - BEFORE)
            beside = {
                "article_title": article["headline"] or "",
                "article_text": article["text"] or "",
                "thread_label": _thread_label(place, place - first),
                "thread_text": "\n\n".join(said for _, _, said in thread[first:place]),
                "author_label": name,
            }
            raw = article["raw_sha256"]
            yield Unit("comment", row["comment_id"], row["article_id"], raw, row["text"], beside)


def _thread_label(before: int, shown: int) -> str:
    if before == 0:
        return "This is the first comment."
    if before == 1:
        return "The comment before this one"
    return (
        f"The {before} comments before this one"
        if shown == before
        else f"The last {shown} of {before} comments before this one"
    )


def _article_unit(row: Mapping[str, Any]) -> Unit:
    beside = {"article_title": row["headline"] or ""}
    return Unit("article", row["article_id"], row["article_id"], row["raw_sha256"], row["text"], beside)


def _threads(comments: pa.Table) -> dict[str, list[dict[str, Any]]]:
    threads: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in comments.sort_by([("article_id", "ascending"), ("position", "ascending")]).to_pylist():
        threads[row["article_id"]].append(row)
    return threads


def _with(table: pa.Table, column: str, values: Iterable[str]) -> pa.Table:
    return table.filter(pc.is_in(table[column], value_set=pa.array(sorted(values), pa.string())))
