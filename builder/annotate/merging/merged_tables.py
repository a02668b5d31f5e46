"""Settled versions as the rows of the annotation tables, in their order."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

import pyarrow as pa

from builder.annotate.annotators import Pseudonyms
from builder.annotate.merging.histories import Histories
from builder.annotate.merging.shown import Shown
from builder.annotate.merging.versions import Version
from builder.annotate.tasks import Origin
from builder.contracts import instants
from builder.contracts.arrow import arrow_schema
from builder.tables.check_keys import in_order

_Row = tuple[Any, ...]
_BATCH = 10_000
_PREFILLED = "capture"
"""Tasks of this unit type come with suggestions on purpose: to leave them as they are is an answer."""


def tables_of(
    versions: Sequence[Version], known: Histories, people: Pseudonyms, origins: Mapping[str, Origin]
) -> dict[str, pa.Table]:
    """All tables of annotations, each sorted as its schema says; ``origins`` by the keys of tasks."""
    ids = {address: people.of(address) for address in {one.annotator for one in versions if one.annotator}}
    merged = [one for one in versions if one.status == "merged"]
    return {
        "tasks": _table("tasks", _tasks(known)),
        "annotations": _table("annotations", (_annotation(one, ids, origins) for one in versions)),
        "answers": _table("answers", _answers(merged)),
        "spans": _table("spans", _spans(merged)),
        "suggestions": _table("suggestions", (row for one in merged for row in _suggestions(one))),
        "rejects": _table(
            "rejects", (row for one in versions if one.status == "rejected" for row in _rejects(one))
        ),
        "annotators": _table("annotators", _annotators(versions, ids, people)),
    }


def _table(name: str, rows: Iterable[_Row]) -> pa.Table:
    schema, waiting = arrow_schema(name), iter(rows)
    batches = []
    # Rows of a batch are in the processor's cache when they become columns, and their memory is used again.
    while batch := list(islice(waiting, _BATCH)):
        columns = zip(zip(*batch, strict=True), schema, strict=True)
        batches.append(pa.record_batch([_array(values, one.type) for values, one in columns], schema=schema))
    # Sorted as columns: versions lie in memory as they were read, and looking them up by their ids takes far longer.
    return in_order({name: pa.Table.from_batches(batches, schema)})[name]


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(kind):
        return pa.array([instants.microseconds(each) for each in values], kind)
    return pa.array(values, kind)


def _annotation(one: Version, ids: Mapping[str, str], origins: Mapping[str, Origin]) -> _Row:
    annotator, shown = ids.get(one.annotator or ""), one.shown
    return (
        one.annotation_id,
        one.number,
        shown.task_key if shown else None,
        one.place.unit_id if one.place else None,
        annotator,
        one.status,
        _origin(one, origins),
        one.lead_time_s,
        one.created_at,
        one.updated_at,
        one.pulled_at,
        one.edited_by_other(annotator),
    )


def _origin(one: Version, origins: Mapping[str, Origin]) -> str:
    if one.shown and one.shown.task_key in origins:
        return origins[one.shown.task_key]
    prefilled = one.shown is not None and one.shown.unit_type == _PREFILLED
    return "suggestion" if one.suggested and not prefilled else "human"


def _answers(versions: Iterable[Version]) -> Iterator[_Row]:
    return (
        (one.annotation_id, one.number, *answer) for one in versions for answer in one.interpreted.answers
    )


def _spans(versions: Iterable[Version]) -> Iterator[_Row]:
    return (
        (one.annotation_id, one.number, ordinal, question, label, start, end, text)
        for one in versions
        for ordinal, (start, end, question, label, text) in enumerate(one.interpreted.spans)
    )


def _suggestions(one: Version) -> Iterator[_Row]:
    for each in one.suggestions:
        yield one.annotation_id, one.number, each.question, each.model, each.outcome, each.option


def _rejects(one: Version) -> Iterator[_Row]:
    for ordinal, reason in enumerate(one.interpreted.reasons):
        texts = (reason.pointer, reason.detail)
        yield one.annotation_id, one.number, ordinal, reason.reason, *map(_writable, texts)


def _writable(text: str) -> str:
    return text.encode(errors="backslashreplace").decode()


def _annotators(versions: Iterable[Version], ids: Mapping[str, str], people: Pseudonyms) -> list[_Row]:
    times: dict[str, list[datetime]] = defaultdict(list)
    merged = Counter[str]()
    for one in versions:
        if one.annotator:
            times[ids[one.annotator]] += (one.created_at, one.updated_at)
            merged[ids[one.annotator]] += one.status == "merged"
    return [
        (person, merged[person], min(saved), max(saved), people.groups.get(person) or None)
        for person, saved in sorted(times.items())
    ]


def _tasks(known: Histories) -> list[_Row]:
    """One row a key: the task that is on its server, or of several the one made last."""
    best: dict[str, tuple[tuple[object, ...], _Row]] = {}
    for (server, project, number), at, seen in known.tasks.items():
        one = seen.shown
        if isinstance(one, Shown):
            gone = bool(known.gone.last((server, project, number, seen.created_at)))
            pushed = instants.parse(seen.created_at) or instants.parse(at)
            rank = (not gone, pushed, server, project, number)
            if one.task_key not in best or best[one.task_key][0] < rank:
                best[one.task_key] = rank, _task(one, server, project, pushed, gone=gone)
    return [row for _, row in best.values()]


def _task(one: Shown, server: str, project: int | None, pushed: datetime | None, *, gone: bool) -> _Row:
    return (
        one.task_key,
        server,
        project,
        one.config,
        one.config_sha256,
        one.round,
        one.assignee,
        one.unit_type,
        one.unit_id,
        one.article_id,
        one.occurrence,
        one.text_sha256,
        pushed,
        gone,
    )
