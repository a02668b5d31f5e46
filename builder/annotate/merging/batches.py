"""Lines become columns, some thousands at a time, so that a merge never holds more of them than that as objects."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.annotate.annotators import Pseudonyms
from builder.annotate.merging.ground import Grounds
from builder.annotate.merging.histories import Histories
from builder.annotate.merging.said import Annotation, Work
from builder.annotate.merging.versions import Pull, Told, Version
from builder.contracts import instants
from builder.contracts.arrow import arrow_schema
from builder.core.errors import DataError

Columns = dict[str, pa.Table]
"""``versions``, and the rows of other tables that come of them, each with the ``row`` of its version there."""
SAYING = ("answers", "spans", "suggestions", "rejects")
"""The tables of what versions say."""
_LINES = 4000
"""Rows of a batch are in the processor's cache when they become columns, and their memory is used again."""
_TYPES = {"lead_time_s": pa.float64(), "edited_by_other": pa.bool_()}
_TIMES = ("created_at", "updated_at", "pulled_at")
_NAMED = 2
"""The first columns of a table of what versions say: which version."""


def columns_of(
    lines: Iterable[Work], known: Histories, grounds: Grounds, people: Pseudonyms
) -> Iterator[Columns]:
    """The versions that lines are, in their order; ``DataError`` for a line that was pulled at no time."""
    first = 0
    for _, like in groupby(lines, lambda line: (type(line), line.pulled_at, line.project, line.server)):
        while batch := list(islice(like, _LINES)):
            yield _columns(first, batch, Pull(batch[0], known, grounds, people))
            first += len(batch)


def joined(batches: Iterable[Columns]) -> Columns:
    """All columns of batches; those of none are empty."""
    parts = list(batches)
    return {
        name: pa.concat_tables([schema.empty_table(), *(part[name] for part in parts)])
        for name, schema in _schemas().items()
    }


def _columns(first: int, batch: Sequence[Work], pull: Pull) -> Columns:
    times, timely = _times(batch)
    told = [
        pull.annotation(line.record, timely=sound) if isinstance(line, Annotation) else pull.draft(line)
        for line, sound in zip(batch, timely, strict=True)
    ]
    numbered = list(enumerate(told, first))
    rows = {
        "answers": _answers(numbered),
        "spans": _spans(numbered),
        "suggestions": _suggestions(one for one in numbered if one[1].suggestions),
        "rejects": _rejects(one for one in numbered if one[1].says.reasons),
    }
    columns = {name: list(zip(*each, strict=True)) for name, each in rows.items()}
    columns["versions"] = [*zip(*(one.version for one in told), strict=True), *times]
    return {name: _table(columns[name], schema) for name, schema in _schemas().items()}


def _times(batch: Sequence[Work]) -> tuple[list[pa.Array], list[bool]]:
    """When versions of one pull were made, saved and pulled; and of which the first two are known."""
    (pulled,) = instants.parse_all([batch[0].pulled_at])
    if not pulled.is_valid:
        raise DataError(f"The archive has a line that was pulled at no time: {batch[0].pulled_at!r}.")
    created = instants.parse_all([line.record.created_at for line in batch])
    updated = instants.parse_all([line.record.updated_at for line in batch])
    timely = pc.and_(created.is_valid(), updated.is_valid()).to_pylist()
    created = pc.coalesce(created, pulled)
    return [created, pc.coalesce(updated, created), pa.repeat(pulled, len(batch))], timely


@cache
def _schemas() -> Mapping[str, pa.Schema]:
    texts = [(name, _TYPES.get(name, pa.string())) for name in Version._fields]
    versions = pa.schema([*texts, *((name, pa.timestamp("us", tz="UTC")) for name in _TIMES)])
    saying = {
        name: pa.schema([pa.field("row", pa.int64()), *list(arrow_schema(name))[_NAMED:]]) for name in SAYING
    }
    return {"versions": versions, **saying}


def _table(columns: Sequence[Any], schema: pa.Schema) -> pa.Table:
    if not columns:
        return schema.empty_table()
    typed = zip(columns, schema, strict=True)
    return pa.table(
        [values if isinstance(values, pa.Array) else pa.array(values, one.type) for values, one in typed],
        schema,
    )


_Numbered = Iterable[tuple[int, Told]]


def _answers(told: _Numbered) -> list[tuple[Any, ...]]:
    return [(row, *answer) for row, one in told for answer in one.says.answers]


def _spans(told: _Numbered) -> list[tuple[Any, ...]]:
    return [
        (row, ordinal, question, label, start, end, text)
        for row, one in told
        for ordinal, (start, end, question, label, text) in enumerate(one.says.spans)
    ]


def _suggestions(told: _Numbered) -> list[tuple[Any, ...]]:
    return [
        (row, each.question, each.model, each.outcome, each.option)
        for row, one in told
        for each in one.suggestions
    ]


def _rejects(told: _Numbered) -> list[tuple[Any, ...]]:
    return [
        (row, ordinal, each.reason, _writable(each.pointer), _writable(each.detail))
        for row, one in told
        for ordinal, each in enumerate(one.says.reasons)
    ]


def _writable(text: str) -> str:
    return text.encode(errors="backslashreplace").decode()
