"""What each person did, one record a task: the answers in a form that can be compared, the time it took."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from builder.labels.questions import Question, Questionnaire

Value = str | float | frozenset[str]
"""An option, a number, or all options that were chosen."""
Span = tuple[str, int, int]
"""Label, start, end."""
Kind = tuple[str, str]
"""Hash of the config, unit type."""
_OF_TASK = ("config_sha256", "unit_type", "round", "occurrence")
_COMPARED = ("choice", "choices", "number")


@dataclass(frozen=True, slots=True)
class Work:
    """One annotation of one person, or a skip, or a draft.

    ``values`` has the questions that can be compared and were asked; ``suggested`` those of them for which a
    model had suggested an answer.
    """

    unit_id: str
    annotator_id: str
    task_key: str
    round: str
    occurrence: int
    status: str
    origin: str
    seconds: float | None
    at: datetime
    values: Mapping[str, Value]
    spans: tuple[Span, ...]
    suggested: frozenset[str] = frozenset()


def work_of(tables: Mapping[str, pa.Table], known: Mapping[str, Questionnaire]) -> dict[Kind, list[Work]]:
    """Everything that people did, by config and unit type, in the order of its making.

    Versions that a later answer replaced are left out, and what nobody knows the maker or the unit of.
    ``tables`` are the merged ones; ``suggestions`` may be missing among them.
    """
    tasks = {row["task_key"]: row for row in tables["tasks"].select(["task_key", *_OF_TASK]).to_pylist()}
    answers, spans, suggested = (
        _by_annotation(tables.get(name)) for name in ("answers", "spans", "suggestions")
    )
    found: dict[Kind, list[Work]] = defaultdict(list)
    for row in sorted(
        tables["annotations"].to_pylist(), key=lambda row: (row["created_at"], row["annotation_id"])
    ):
        task = tasks.get(row["task_key"])
        if task and row["annotator_id"] and row["unit_id"] and row["status"] != "superseded":
            key = row["annotation_id"], row["version"]
            asked = known[task["config_sha256"]]
            said = values_of(asked, answers.get(key, ())) if row["status"] == "merged" else {}
            found[task["config_sha256"], task["unit_type"]].append(
                _work(row, task, said, spans.get(key, ()), suggested.get(key, ()))
            )
    return dict(found)


def values_of(asked: Questionnaire, rows: Iterable[Mapping[str, Any]]) -> dict[str, Value]:
    """The answers of one annotation, from its rows of ``answers``: those to questions that were asked.

    A question for several options that was asked and left empty has the empty set.
    """
    told: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        told[row["question"]].append(row["option"] if row["number"] is None else row["number"])
    found: dict[str, Value] = {}
    for question in asked.questions:
        if question.kind in _COMPARED and _was_asked(question, told):
            if question.kind == "choices":
                found[question.name] = frozenset(told[question.name])
            elif told[question.name]:
                found[question.name] = told[question.name][0]
    return found


def decisive(asked: Questionnaire, told: Iterable[str]) -> tuple[str, ...]:
    """Of the questions told those that must be answered; all, if the config has none such.

    A question that hardly anybody has an answer to is answered alike by all, and says little of agreement.
    """
    required = {each.name for each in asked.questions if each.required and each.kind in _COMPARED}
    return tuple(name for name in told if name in required or not required)


def _was_asked(question: Question, told: Mapping[str, list[Any]]) -> bool:
    when = question.asked_when
    return when is None or any(option in when.options for option in told.get(when.question, ()))


def _work(
    row: Mapping[str, Any],
    task: Mapping[str, Any],
    values: Mapping[str, Value],
    spans: Iterable[Mapping[str, Any]],
    suggested: Iterable[Mapping[str, Any]],
) -> Work:
    return Work(
        unit_id=row["unit_id"],
        annotator_id=row["annotator_id"],
        task_key=row["task_key"],
        round=task["round"],
        occurrence=task["occurrence"],
        status=row["status"],
        origin=row["origin"],
        seconds=row["lead_time_s"],
        at=row["created_at"],
        values=values,
        spans=tuple((one["label"], one["start"], one["end"]) for one in spans),
        suggested=frozenset(one["question"] for one in suggested),
    )


def _by_annotation(table: pa.Table | None) -> dict[tuple[str, int], list[dict[str, Any]]]:
    found: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in [] if table is None else table.to_pylist():
        found[row["annotation_id"], row["version"]].append(row)
    return found


def answered(work: Iterable[Work]) -> Iterator[Work]:
    """Those annotations that count as answers."""
    return (one for one in work if one.status == "merged")


def first_showings(work: Iterable[Work]) -> list[Work]:
    """Of one person's answers to one unit the one to its first showing; of equal showings the latest."""
    first: dict[tuple[str, str], Work] = {}
    for one in answered(work):
        key = one.unit_id, one.annotator_id
        if key not in first or one.occurrence <= first[key].occurrence:
            first[key] = one
    return list(first.values())
