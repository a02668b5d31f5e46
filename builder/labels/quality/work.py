"""What each person did, one record a task: the answers in a form that can be compared, the time it took."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from sys import intern
from typing import Any

import pyarrow as pa

from builder.labels.quality.rows import SAID, Said, working_rows
from builder.labels.questions import Question, Questionnaire
from builder.labels.sheets import version_keys

Value = str | float | frozenset[str]
"""An option, a number, or all options that were chosen."""
Span = tuple[str, int, int]
"""Label, start, end."""
Kind = tuple[str, str]
"""Hash of the config, unit type."""
_STEP = 10_000
"""Annotations whose rows are objects at once."""
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
    rows = working_rows(tables)
    keys = version_keys(rows).combine_chunks()
    said = [Said.of(tables.get(name), keys, columns) for name, columns in SAID.items()]
    values = _Values(known)
    found: dict[Kind, list[Work]] = defaultdict(list)
    for first in range(0, rows.num_rows, _STEP):
        some = rows.slice(first, _STEP).to_pylist()
        for row, answers, spans, suggested in zip(
            some, *(one.steps(first, _STEP) for one in said), strict=True
        ):
            told = values.of(row["config_sha256"], answers) if row["status"] == "merged" else {}
            found[row["config_sha256"], row["unit_type"]].append(_work(row, told, spans, suggested))
    return dict(found)


@dataclass(frozen=True, slots=True)
class _Values:
    """The answers of annotations; equal ones are one object, as they are few and annotations many."""

    known: Mapping[str, Questionnaire]
    made: dict[tuple[object, ...], Mapping[str, Value]] = field(default_factory=dict)

    def of(
        self, config_sha256: str, answers: Sequence[tuple[str, str | None, float | None]]
    ) -> Mapping[str, Value]:
        """The answers of one annotation."""
        key = (config_sha256, *answers)
        if key not in self.made:
            self.made[key] = values_of(self.known[config_sha256], answers)
        return self.made[key]


def values_of(asked: Questionnaire, rows: Iterable[tuple[str, str | None, float | None]]) -> dict[str, Value]:
    """The answers of one annotation, each as question, option and number: those to questions that were asked.

    A question for several options that was asked and left empty has the empty set.
    """
    told: dict[str, list[Any]] = defaultdict(list)
    for question, option, number in rows:
        told[question].append(option if number is None else number)
    found: dict[str, Value] = {}
    for one in asked.questions:
        if one.kind in _COMPARED and _was_asked(one, told):
            if one.kind == "choices":
                found[one.name] = frozenset(told[one.name])
            elif told[one.name]:
                found[one.name] = told[one.name][0]
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
    values: Mapping[str, Value],
    spans: Iterable[tuple[str, int, int]],
    suggested: Iterable[tuple[str]],
) -> Work:
    """What a row says; texts that many rows have are one object."""
    return Work(
        unit_id=intern(row["unit_id"]),
        annotator_id=intern(row["annotator_id"]),
        task_key=intern(row["task_key"]),
        round=intern(row["round"]),
        occurrence=row["occurrence"],
        status=intern(row["status"]),
        origin=intern(row["origin"]),
        seconds=row["lead_time_s"],
        at=row["created_at"],
        values=values,
        spans=tuple((intern(label), start, end) for label, start, end in spans),
        suggested=frozenset(name for (name,) in suggested),
    )


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
