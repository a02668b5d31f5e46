"""Texts put back into the tables of an open release, cut from captures that the reader holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.release.privacy.spans import HIDDEN, units_of_spans

_SEGMENT = ("article_id", "ordinal", "kind", "char_start", "char_end", "comment_id")
_UNFIT = "cut"
_WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the texts of an article could not be put back: a word for it, and a sentence."""

    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of characters of a capture, as the segments table has it."""

    kind: str
    start: int
    end: int
    comment_id: str | None


@dataclass(frozen=True, slots=True)
class Cut:
    """The texts of one capture."""

    headline: str | None
    caption: str | None
    text: str
    comments: Mapping[str, str]


def segments_by_article(segments: pa.Table) -> dict[str, list[Segment]]:
    """The segments of each article, in their order."""
    ordered = segments.select(_SEGMENT).sort_by([(name, "ascending") for name in _SEGMENT[:2]])
    rows = zip(*(ordered[name].to_pylist() for name in _SEGMENT), strict=True)
    return {article: [Segment(*row[2:]) for row in some] for article, some in groupby(rows, itemgetter(0))}


def cut(text: str, segments: Sequence[Segment]) -> Cut | Problem:
    """The texts that the segments cut out of a canonical text; a problem where they do not cover it exactly."""
    edges = [0, *(one.end for one in segments)]
    fits = [one.start for one in segments] == edges[:-1] and edges[-1] == len(text)
    if not fits:
        return Problem(_UNFIT, f"the segments end at {edges[-1]:,}, the text at {len(text):,} characters")
    comments: dict[str, list[str]] = {}
    for one in segments:
        if one.kind == "comment" and one.comment_id is not None:
            comments.setdefault(one.comment_id, []).append(text[one.start : one.end])
    of_kind = {
        kind: [text[one.start : one.end] for one in segments if one.kind == kind]
        for kind in ("headline", "caption", "paragraph")
    }
    return Cut(
        next(iter(of_kind["headline"]), None),
        next(iter(of_kind["caption"]), None),
        "\n\n".join(of_kind["paragraph"]),
        {name: "\n\n".join(parts) for name, parts in comments.items()},
    )


def restored(tables: Mapping[str, pa.Table], cuts: Mapping[str, Cut]) -> dict[str, pa.Table]:
    """The tables with the columns of text in their places; null where an article's texts could not be put back.

    A comment that was withdrawn stays without its text, though captures may still have it.

    Args:
        tables: those of an open release.
        cuts: the texts of each article whose capture was found, by article_id.
    """
    texts = {name: text for one in cuts.values() for name, text in one.comments.items()}
    kept = zip(*(tables["comments"][name].to_pylist() for name in ("comment_id", "attribution")), strict=True)
    comments = [None if attribution == _WITHDRAWN else texts.get(name) for name, attribution in kept]
    articles = [cuts.get(name) for name in tables["articles"]["article_id"].to_pylist()]
    made = {
        **tables,
        "articles": _with(
            tables["articles"],
            "articles",
            {
                "headline": [one.headline if one else None for one in articles],
                "caption": [one.caption if one else None for one in articles],
                "text": [one.text if one else None for one in articles],
            },
        ),
        "comments": _with(
            tables["comments"],
            "comments",
            {"text": comments, "text_sha256": [_hash(one) for one in comments]},
        ),
    }
    if "spans" in tables:
        texts |= {name: one.text for name, one in cuts.items()}
        made["spans"] = _with(tables["spans"], "spans", {"text": list(_marked(tables, texts))})
    return made


def _hash(text: str | None) -> str | None:
    return None if text is None else sha256(text.encode()).hexdigest()


def _marked(tables: Mapping[str, pa.Table], texts: Mapping[str, str]) -> Iterator[str | None]:
    units = units_of_spans(tables).to_pylist()
    places = zip(units, *(tables["spans"][name].to_pylist() for name in ("start", "end")), strict=True)
    for unit, start, end in places:
        yield HIDDEN if unit is None else texts[unit][start:end] if unit in texts else None


def _with(table: pa.Table, name: str, columns: Mapping[str, Sequence[str | None]]) -> pa.Table:
    """A table with more columns, those of its schema in their order and all others after them."""
    for column, values in columns.items():
        table = table.append_column(pa.field(column, pa.string()), pa.array(values, pa.string()))
    known = [one for one in arrow_schema(name).names if one in table.column_names]
    return table.select([*known, *(one for one in table.column_names if one not in known)])
