"""What merged annotations say, as documents of answers again."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.annotate.questionnaire.questions import Question

Tables = Mapping[str, pa.Table]
"""The merged tables by name."""
_OF_TASK = ("round", "config", "occurrence")
_OF_ANNOTATION = ("annotation_id", "version", "task_key", "unit_id", "annotator_id", "origin", "updated_at")


@dataclass(frozen=True, slots=True)
class Answered:
    """A merged annotation: of which unit, by whom, in which round and showing, and its answers by question."""

    annotation_id: str
    version: int
    task_key: str
    unit_id: str
    annotator_id: str
    origin: str
    updated_at: datetime
    round: str
    config: str
    occurrence: int
    answers: Mapping[str, Any]


def answered(tables: Tables, config: str, questions: Sequence[Question]) -> Iterator[Answered]:
    """The merged annotations under a labelling config, in the order of the table."""
    tasks = tables["tasks"].filter(pc.equal(tables["tasks"]["config"], config))
    of_task = {row.pop("task_key"): row for row in tasks.select(["task_key", *_OF_TASK]).to_pylist()}
    merged = tables["annotations"].filter(pc.equal(tables["annotations"]["status"], "merged"))
    rows = [row for row in merged.select(_OF_ANNOTATION).to_pylist() if row["task_key"] in of_task]
    said = _documents(tables, {row["annotation_id"] for row in rows}, questions)
    for row in rows:
        yield Answered(
            **row, **of_task[row["task_key"]], answers=said.get((row["annotation_id"], row["version"]), {})
        )


def _documents(
    tables: Tables, wanted: Collection[str], questions: Sequence[Question]
) -> Mapping[tuple[str, int], Mapping[str, Any]]:
    known = {question.name: question for question in questions}
    found: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
    for row in _of(tables["answers"], wanted):
        question = known.get(row["question"])
        if question:
            _add(found[row["annotation_id"], row["version"]], question, row)
    for row in _of(tables["spans"], wanted):
        if row["question"] in known:
            span = {name: row[name] for name in ("start", "end", "label")}
            found[row["annotation_id"], row["version"]].setdefault(row["question"], []).append(span)
    return found


def _of(rows: pa.Table, wanted: Collection[str]) -> Iterator[Mapping[str, Any]]:
    mine = pc.is_in(rows["annotation_id"], value_set=pa.array(sorted(wanted), pa.string()))
    yield from rows.filter(mine).to_pylist()


def _add(document: dict[str, Any], question: Question, row: Mapping[str, Any]) -> None:
    if question.kind == "choice":
        document[question.name] = row["option"]
    elif question.kind == "number":
        number = row["number"]
        document[question.name] = int(number) if question.whole else number
    else:
        value = row["option"] if question.kind == "choices" else row["text"]
        document.setdefault(question.name, []).append(value)
