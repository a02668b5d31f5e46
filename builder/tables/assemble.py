"""Parsed captures become rows: whole columns at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.arrow import arrow_schema, strings
from builder.core.issues import Issue
from builder.parse.arrays import Codes, Floats, Ints
from builder.parse.batch import Batch
from builder.parse.kinds import CAPTION, HEADLINE, KINDS, PARAGRAPH
from builder.parse.layout import DUMP, LAYOUTS
from builder.parse.segment import Segments
from builder.tables.capture import Capture
from builder.tables.columns import int32, joined, nulls, picked, rounded
from builder.tables.identify import identify
from builder.tables.issues import issue_rows
from builder.tables.names import sign
from builder.tables.oddities import oddities
from builder.tables.parts import ShardTables
from builder.tables.threads import Threads, threads_of

RIGHT_IN_DUMPS: Final = 0.06
"""The share of comments that are right in dumps, whose grammar is another, on 214 real pages: no cut is surer."""


@dataclass(frozen=True)
class Parsed:
    """What the parser made of a batch of captures."""

    batch: Batch
    segments: Segments
    layout: Codes


def assemble(captures: Sequence[Capture], parsed: Parsed, failures: Iterable[Issue] = ()) -> ShardTables:
    """The rows of some captures (in the order of the batch), and the issues of others that could not be parsed."""
    segments = parsed.segments
    threads = _doubted(threads_of(segments), parsed.layout)
    article_ids = pa.array([capture.article_id for capture in captures], pa.string())
    text = joined(_written(parsed, threads.body), threads.count)
    ids, digests = identify(text, threads.text, [capture.article_id for capture in captures])
    comments, names = _comments(captures, threads, parsed)
    comments |= {"comment_id": ids, "text": text, "text_sha256": digests}
    comments["article_id"] = picked(article_ids, threads.text)
    issues = issue_rows([*failures, *oddities(captures, segments, parsed.layout)])
    articles = _articles(captures, parsed, threads)
    return ShardTables(
        _table("articles", {"article_id": article_ids, **articles}),
        _table("comments", comments),
        _table("segments", _segments(segments, article_ids, ids)),
        issues,
        names,
    )


def _written(parsed: Parsed, place: Ints) -> pa.Array:
    """The characters of some segments; their places ascend."""
    return strings(parsed.batch.buffer, parsed.segments.start[place], parsed.segments.end[place])


def _table(name: str, columns: dict[str, pa.Array]) -> pa.Table:
    """The columns in the schema's order; a column that nothing fills yet is null."""
    schema = arrow_schema(name)
    rows = len(next(iter(columns.values())))
    return pa.Table.from_arrays(
        [columns[f.name] if f.name in columns else nulls(rows, f.type) for f in schema], schema=schema
    )


def _articles(captures: Sequence[Capture], parsed: Parsed, threads: Threads) -> dict[str, pa.Array]:
    segments, number = parsed.segments, len(captures)
    paragraphs = np.flatnonzero(segments.kind == PARAGRAPH)
    per_article = np.bincount(segments.text[paragraphs], minlength=number)
    schema = arrow_schema("articles")
    told = ("source", "capture", "raw_sha256", "encoding", "url", "published_at", "licence", "lang")
    return {
        **{
            name: pa.array([getattr(one, name) for one in captures], schema.field(name).type) for name in told
        },
        "layout": picked(LAYOUTS, parsed.layout),
        "headline": _single(parsed, HEADLINE, number),
        "caption": _single(parsed, CAPTION, number),
        "text": joined(_written(parsed, paragraphs), per_article),
        "n_paragraphs": int32(per_article),
        "n_comments": int32(np.bincount(threads.text, minlength=number)),
        "n_unattributed": int32(np.bincount(threads.text[~threads.named], minlength=number)),
        "parse_confidence": rounded(_article_confidence(parsed, threads)),
    }


def _single(parsed: Parsed, kind: int, number: int) -> pa.Array:
    """The one segment of a kind in each text, null where there is none."""
    place = np.full(number, -1, dtype=np.int64)
    found = np.flatnonzero(parsed.segments.kind == kind)
    place[parsed.segments.text[found]] = np.arange(len(found))
    if not len(found):
        return nulls(number, pa.string())
    return picked(_written(parsed, found), np.maximum(place, 0), place < 0)


def _doubted(threads: Threads, layout: Codes) -> Threads:
    """The threads, those of dumps no surer than such a cut can be."""
    most = np.where(layout[threads.text] == DUMP, RIGHT_IN_DUMPS, 1)
    return replace(threads, confidence=np.minimum(threads.confidence, most))


def _article_confidence(parsed: Parsed, threads: Threads) -> Floats:
    """The share of its comments that are expected to be right; of a text without comments, its least sure line."""
    segments = parsed.segments
    count = np.bincount(threads.text, minlength=len(parsed.layout))
    total = np.bincount(threads.text, weights=threads.confidence, minlength=len(parsed.layout))
    least = np.where(parsed.layout == DUMP, RIGHT_IN_DUMPS, 1)
    np.minimum.at(least, segments.text, segments.probability)
    return np.where(count > 0, total / np.maximum(count, 1), least)


def _comments(
    captures: Sequence[Capture], threads: Threads, parsed: Parsed
) -> tuple[dict[str, pa.Array], pa.Table]:
    segments, named = parsed.segments, threads.named
    shown = pc.utf8_trim_whitespace(_written(parsed, threads.author[named]))
    signed = sign(shown, threads.text[named], [capture.source for capture in captures])
    place = np.cumsum(named) - 1
    return {
        "position": int32(threads.position),
        "author_id": picked(signed.author_id, np.maximum(place, 0), ~named),
        "author_name": picked(shown, np.maximum(place, 0), ~named),
        "attribution": picked(("lost", "named"), named.astype(np.int64)),
        "n_paragraphs": int32(threads.count),
        "char_start": int32(segments.char_start[threads.first]),
        "char_end": int32(segments.char_end[threads.last]),
        "gap_before": int32(threads.gap),
        "parse_confidence": rounded(threads.confidence),
    }, signed.names


def _segments(segments: Segments, article_ids: pa.Array, comment_ids: pa.Array) -> dict[str, pa.Array]:
    per_article = np.bincount(segments.text, minlength=len(article_ids))
    first = np.repeat(np.cumsum(per_article) - per_article, per_article)
    lost = segments.comment < 0
    if len(comment_ids):
        of_comment = picked(comment_ids, np.maximum(segments.comment, 0), lost)
    else:
        of_comment = nulls(len(lost), pa.string())
    return {
        "article_id": picked(article_ids, segments.text),
        "ordinal": int32(np.arange(len(lost)) - first),
        "kind": picked(KINDS, segments.kind),
        "char_start": int32(segments.char_start),
        "char_end": int32(segments.char_end),
        "comment_id": of_comment,
        "probability": rounded(segments.probability),
    }
