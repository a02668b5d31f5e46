"""Lines become columns, some thousands at a time, so that a merge never holds more of them than that as objects."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, islice
from operator import attrgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.annotate.annotators import Pseudonyms
from builder.annotate.merging.ground import Grounds
from builder.annotate.merging.histories import Histories
from builder.annotate.merging.rows import SAYING, rows_of
from builder.annotate.merging.said import Annotation, Work
from builder.annotate.merging.versions import Pull
from builder.contracts import instants
from builder.contracts.arrow import arrow_schema
from builder.core.errors import DataError

Columns = dict[str, pa.Table]
"""``versions``, and the rows of other tables that come of them, each with the ``row`` of its version there."""
_LINES = 4000
"""Rows of a batch are in the processor's cache when they become columns, and their memory is used again."""
_TIMES = ("created_at", "updated_at", "pulled_at")
_TEXTS = ("annotation_id", "said", "task_key", "elsewhere", "unit_id", "annotator", "verdict", "origin")
_VERSIONS = pa.schema(
    [
        *((name, pa.string()) for name in _TEXTS),
        ("lead_time_s", pa.float64()),
        ("edited_by_other", pa.bool_()),
        *((name, pa.timestamp("us", tz="UTC")) for name in _TIMES),
    ]
)
_NAMED = 2
"""The first columns of a table of what versions say: which version."""


def columns_of(
    lines: Iterable[Work], known: Histories, grounds: Grounds, people: Pseudonyms
) -> Iterator[Columns]:
    """The versions that lines are, in their order; ``DataError`` for a line that was pulled at no time."""
    first = 0
    for _, like in groupby(lines, attrgetter("__class__", "pulled_at", "project", "server")):
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


def _columns(first: int, batch: Sequence[Any], pull: Pull) -> Columns:
    """The columns of lines that are all annotations, or all drafts."""
    times, timely = _times(batch)
    if isinstance(batch[0], Annotation):
        told = pull.annotations([line.record for line in batch], timely)
    else:
        told = pull.drafts(batch)
    versions = {**told.versions, **dict(zip(_TIMES, times, strict=True))}
    columns = {**rows_of(first, told), "versions": [versions[name] for name in _VERSIONS.names]}
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
    saying = {
        name: pa.schema([pa.field("row", pa.int64()), *list(arrow_schema(name))[_NAMED:]]) for name in SAYING
    }
    return {"versions": _VERSIONS, **saying}


def _table(columns: Sequence[Any], schema: pa.Schema) -> pa.Table:
    if not columns:
        return schema.empty_table()
    typed = zip(columns, schema, strict=True)
    return pa.table(
        [values if isinstance(values, pa.Array) else pa.array(values, one.type) for values, one in typed],
        schema,
    )
