"""Whether texts have the hashes that stand beside them, and spans the texts that they mark."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.faults import Fault
from builder.release.difference import Rows, keys_of
from builder.release.faults import of_rows
from builder.release.privacy.spans import units_of_spans

_STEP = 10_000
"""Texts or spans that are objects at once."""
_KEY = ("annotation_id", "version", "ordinal")


def text_faults(tables: Mapping[str, pa.Table]) -> Iterator[Fault]:
    """Hashes of comments, and spans that annotators marked or agreed on; nothing where no text travels."""
    if "text" not in tables["comments"].column_names:
        return
    yield from _hashes(tables["comments"])
    texts = _texts(tables)
    yield from _spans(tables, texts)
    yield from _agreed(tables["label_spans"], texts)


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of all units, and the ids of those."""

    units: pa.Array
    texts: pa.ChunkedArray

    def places(self, units: pa.ChunkedArray) -> Rows:
        """Where the text of each of some units is; -1 where it is nowhere."""
        found: Rows = pc.index_in(units, value_set=self.units, skip_nulls=True).fill_null(-1).to_numpy()
        return found.astype(np.int64)

    def lengths(self, places: Rows) -> Rows:
        """How many code points the texts at some places have, 0 at none."""
        lengths = pc.utf8_length(self.texts).fill_null(0).to_numpy()
        return np.append(lengths, 0)[places].astype(np.int64)


def _texts(tables: Mapping[str, pa.Table]) -> _Texts:
    comments, articles = tables["comments"], tables["articles"]
    units = pa.chunked_array([*comments["comment_id"].chunks, *articles["article_id"].chunks], pa.string())
    texts = pa.chunked_array([*comments["text"].chunks, *articles["text"].chunks], pa.string())
    return _Texts(units.combine_chunks(), texts)


def _hashes(comments: pa.Table) -> Iterator[Fault]:
    wrong, row = [], 0
    for batch in comments.select(["text_sha256", "text"]).to_batches(_STEP):
        for stored, made in zip(batch["text_sha256"].to_pylist(), _digests(batch["text"]), strict=True):
            if stored != made:
                wrong.append(row)
            row += 1
    keys = keys_of(comments, ("comment_id",), np.array(wrong, np.int64))
    yield from of_rows(("comments", "text_sha256"), "hash", keys, "is not the SHA-256 of the text beside it")


def _digests(texts: pa.Array) -> Iterator[str | None]:
    """SHA-256 of each text, from Arrow's own bytes: no text becomes a Python string."""
    _, offsets, data = texts.buffers()
    ends = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1].tolist()
    view, there = memoryview(data or b""), texts.is_valid().to_pylist()
    for (first, end), valid in zip(pairwise(ends), there, strict=True):
        yield sha256(view[first:end]).hexdigest() if valid else None


def _spans(tables: Mapping[str, pa.Table], texts: _Texts) -> Iterator[Fault]:
    """Spans that do not cut their text out of the text of their unit; spans of whole captures have none here."""
    spans, wrong = tables["spans"], list[int]()
    places = texts.places(units_of_spans(tables))
    order = np.argsort(places, kind="stable")  # so that a text is an object once
    order = order[np.searchsorted(places[order], 0) :]
    for first in range(0, len(order), _STEP):
        rows = order[first : first + _STEP]
        known, which = np.unique(places[rows], return_inverse=True)
        wholes = texts.texts.take(pa.array(known)).to_pylist()
        cuts = spans.select(["start", "end", "text"]).take(pa.array(rows)).to_pydict().values()
        for row, unit, start, end, text in zip(rows.tolist(), which.tolist(), *cuts, strict=True):
            if wholes[unit] is not None and wholes[unit][start:end] != text:
                wrong.append(row)
    keys = keys_of(spans, _KEY, np.sort(np.array(wrong, np.int64)))
    yield from of_rows(
        ("spans", "start"), "span_text", keys, "its text is not what it marks in the text of its unit"
    )


def _agreed(spans: pa.Table, texts: _Texts) -> Iterator[Fault]:
    """Agreed spans that are empty, or end after the text of their unit does."""
    start, end = (spans[name].to_numpy().astype(np.int64) for name in ("start", "end"))
    captures = pc.equal(spans["unit_type"], "capture").to_numpy()
    most = np.where(captures, np.iinfo(np.int32).max, texts.lengths(texts.places(spans["unit_id"])))
    rows: Rows = np.flatnonzero((start >= end) | (end > most))
    keys = keys_of(spans, ("unit_id", "start", "end"), rows)
    yield from of_rows(
        ("label_spans", "end"), "span_text", keys, "it is empty, or ends after the text of its unit"
    )
