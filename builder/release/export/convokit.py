"""The tables as ConvoKit reads conversations: an article is the first utterance, its comments answer it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from builder.contracts import instants
from builder.core.errors import DataError
from builder.release.export.values import Source, Value, records

NEEDED = ("articles", "comments")
_NO_TEXT = (
    "The tables have no text (a release of the tier open?), and utterances are text. Export another release."
)
_FORMAT = 1
_OWN_FIELDS = (
    "text",
    "article_id",
    "comment_id",
    "author_id",
    "author_name",
    "parent_id",
    "posted_at",
    "published_at",
)

Record = Mapping[str, Value]
Meta = dict[str, Value]


def utterances(source: Source) -> Iterator[str]:
    """The lines of ``utterances.jsonl``: each article with its comments behind it, in their order.

    An author that is not known speaks as one of its own, since two of them need not be one. Times are whole
    seconds since 1970, null where nobody knows; the exact ones are in the metadata.
    """
    _refuse_without_text(source)
    threads: dict[Value, list[Record]] = defaultdict(list)
    for comment in records(_in_reading_order(source.tables["comments"])):
        threads[comment["article_id"]].append(comment)
    for article in records(source.tables["articles"]):
        yield _line(_root(article))
        yield from map(_line, map(_answer, threads[article["article_id"]]))


def speakers(source: Source) -> str:
    """The text of ``speakers.json``: authors, those that are not known, and a speaker a newspaper."""
    known = {str(row["author_id"]): _rest(row) for row in _table(source, "authors")}
    found: dict[str, Meta] = {}
    for article in records(source.tables["articles"]):
        found.setdefault(_newspaper(article), {"source": article["source"]})
    for comment in records(source.tables["comments"]):
        one = _speaker(comment)
        found.setdefault(one, known.get(one, {}))
    return _object({name: {"meta": meta, "vectors": []} for name, meta in sorted(found.items())})


def conversations(source: Source) -> str:
    """The text of ``conversations.json``: a conversation an article, under the article's id."""
    rows = records(source.tables["articles"])
    return _object({str(row["article_id"]): {"meta": _meta(row), "vectors": []} for row in rows})


def corpus(source: Source) -> str:
    """The text of ``corpus.json``: what the corpus says of itself."""
    return _object({"name": source.name, "version": source.version})


def index(source: Source) -> str:
    """The text of ``index.json``: the types of each entry of metadata, as ConvoKit names them."""
    articles, comments = (list(map(_meta, records(source.tables[name]))) for name in NEEDED)
    people = [row["meta"] for row in json.loads(speakers(source)).values()]
    return _object(
        {
            "utterances-index": _types([*articles, *comments]),
            "speakers-index": _types(people),
            "conversations-index": _types(articles),
            "overall-index": _types([json.loads(corpus(source))]),
            "version": _FORMAT,
            "vectors": [],
        }
    )


def _in_reading_order(comments: pa.Table) -> pa.Table:
    return comments.sort_by([("article_id", "ascending"), ("position", "ascending")])


def _refuse_without_text(source: Source) -> None:
    missing = [name for name in NEEDED if name not in source.tables]
    if missing:
        raise DataError(f"There is no table {missing[0]} to export. Build again: builder build")
    if any("text" not in source.tables[name].column_names for name in NEEDED):
        raise DataError(_NO_TEXT)


def _root(article: Record) -> dict[str, Any]:
    parts = (article.get("headline"), article.get("text"))
    return {
        "id": article["article_id"],
        "conversation_id": article["article_id"],
        "speaker": _newspaper(article),
        "reply-to": None,
        "timestamp": _seconds(article.get("published_at")),
        "text": "\n\n".join(str(part) for part in parts if part),
        "meta": _meta(article),
        "vectors": [],
    }


def _answer(comment: Record) -> dict[str, Any]:
    return {
        "id": comment["comment_id"],
        "conversation_id": comment["article_id"],
        "speaker": _speaker(comment),
        "reply-to": comment["parent_id"] or comment["article_id"],
        "timestamp": _seconds(comment.get("posted_at")),
        "text": comment["text"] or "",
        "meta": _meta(comment),
        "vectors": [],
    }


def _newspaper(article: Record) -> str:
    return f"source {article['source']}"


def _speaker(comment: Record) -> str:
    return str(comment["author_id"] or f"unknown {comment['comment_id']}")


def _meta(row: Record) -> Meta:
    """What has no field of its own in ConvoKit."""
    meta = {name: value for name, value in row.items() if name not in _OWN_FIELDS}
    times = {name: row[name] for name in ("posted_at", "published_at") if name in row}
    return {**meta, **times}


def _rest(author: Record) -> Meta:
    return {name: value for name, value in author.items() if name not in {"author_id", "name", "name_key"}}


def _seconds(when: Value) -> int | None:
    moment = instants.parse(str(when)) if when else None
    return None if moment is None else instants.microseconds(moment) // 1_000_000


def _types(metas: Iterable[Mapping[str, Value]]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for meta in metas:
        for name, value in meta.items():
            found.setdefault(name, set()).update([] if value is None else [str(type(value))])
    return {name: sorted(types) for name, types in sorted(found.items())}


def _table(source: Source, name: str) -> Sequence[Record]:
    empty: pa.Table | None = source.tables.get(name)
    return [] if empty is None else list(records(empty))


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _object(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
