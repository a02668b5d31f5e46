"""Whether texts have the hashes that stand beside them, and spans the texts that they mark."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.faults import Fault
from builder.release.difference import keys_of
from builder.release.faults import of_rows
from builder.release.privacy.spans import units_of_spans

_STEP = 10_000
"""Spans that are objects at once."""
_KEY = ("annotation_id", "version", "ordinal")


def text_faults(tables: Mapping[str, pa.Table]) -> Iterator[Fault]:
    """Hashes of comments, and spans that annotators marked or agreed on; nothing where no text travels."""
    if "text" not in tables["comments"].column_names:
        return
    yield from _hashes(tables["comments"])
    texts = _texts(tables)
    yield from _spans(tables, texts)
    yield from _agreed(tables["label_spans"], texts)


def _hashes(comments: pa.Table) -> Iterator[Fault]:
    stored = comments["text_sha256"].to_pylist()
    made = list(_digests(comments["text"]))
    if stored == made:
        return
    rows = np.array([row for row, pair in enumerate(zip(stored, made, strict=True)) if pair[0] != pair[1]])
    keys = keys_of(comments, ("comment_id",), rows)
    yield from of_rows(("comments", "text_sha256"), "hash", keys, "is not the SHA-256 of the text beside it")


def _digests(texts: pa.ChunkedArray) -> Iterator[str | None]:
    """SHA-256 of each text, from Arrow's own bytes: no text becomes a Python string."""
    for chunk in texts.chunks:
        _, offsets, data = chunk.buffers()
        ends = np.frombuffer(offsets, np.int32)[chunk.offset : chunk.offset + len(chunk) + 1].tolist()
        view, there = memoryview(data or b""), chunk.is_valid().to_pylist()
        for (first, end), valid in zip(pairwise(ends), there, strict=True):
            yield sha256(view[first:end]).hexdigest() if valid else None


def _texts(tables: Mapping[str, pa.Table]) -> Mapping[str, str]:
    """The texts of the units that have spans."""
    chunks = [*tables["label_spans"]["unit_id"].chunks, *_marked(tables).chunks]
    wanted = pc.unique(pa.chunked_array(chunks, pa.string()))
    found: dict[str, str | None] = {}
    for name, key in (("comments", "comment_id"), ("articles", "article_id")):
        rows = tables[name].select([key, "text"]).filter(pc.is_in(tables[name][key], value_set=wanted))
        found |= dict(zip(rows[key].to_pylist(), rows["text"].to_pylist(), strict=True))
    return {unit: text for unit, text in found.items() if text is not None}


def _marked(tables: Mapping[str, pa.Table]) -> pa.ChunkedArray:
    annotations = tables["annotations"]
    mine = pc.is_in(annotations["annotation_id"], value_set=tables["spans"]["annotation_id"].combine_chunks())
    return annotations["unit_id"].filter(mine).drop_null()


def _spans(tables: Mapping[str, pa.Table], texts: Mapping[str, str]) -> Iterator[Fault]:
    """Spans that do not cut their text out of the text of their unit; spans of whole captures have none here."""
    spans = tables["spans"]
    units = units_of_spans(tables)
    rows = spans.select(["start", "end", "text"]).append_column("unit", units)
    wrong, row = [], 0
    for batch in rows.to_batches(_STEP):
        for start, end, text, unit in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            whole = texts.get(unit)
            if whole is not None and whole[start:end] != text:
                wrong.append(row)
            row += 1
    keys = keys_of(spans, _KEY, np.array(wrong, np.int64))
    yield from of_rows(
        ("spans", "start"), "span_text", keys, "its text is not what it marks in the text of its unit"
    )


def _agreed(spans: pa.Table, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Agreed spans that are empty, or end after the text of their unit does."""
    start, end = (spans[name].to_numpy().astype(np.int64) for name in ("start", "end"))
    kinds = zip(spans["unit_type"].to_pylist(), spans["unit_id"].to_pylist(), strict=True)
    most = [np.iinfo(np.int32).max if kind == "capture" else len(texts.get(unit, "")) for kind, unit in kinds]
    rows: npt.NDArray[np.int64] = np.flatnonzero((start >= end) | (end > np.array(most, np.int64)))
    keys = keys_of(spans, ("unit_id", "start", "end"), rows)
    yield from of_rows(
        ("label_spans", "end"), "span_text", keys, "it is empty, or ends after the text of its unit"
    )
