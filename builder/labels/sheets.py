"""The annotations that count, one of each annotator and unit, with their answers in whole numbers."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from builder.labels.arrays import Bools, Floats, Ints, ints
from builder.labels.questions import Question, Questionnaire
from builder.labels.votes import Votes

Tables = Mapping[str, pa.Table]
"""The merged tables by name."""
NEEDED: Mapping[str, tuple[str, ...]] = {
    "tasks": ("task_key", "config", "config_sha256", "round", "unit_type", "occurrence"),
    "annotations": (
        "annotation_id",
        "version",
        "task_key",
        "annotator_id",
        "unit_id",
        "status",
        "origin",
        "updated_at",
    ),
    "answers": ("annotation_id", "version", "question", "option", "number"),
    "spans": ("annotation_id", "version", "question", "label", "start", "end"),
    "suggestions": ("annotation_id",),
}
"""What of the merged tables is needed to count answers: neither texts nor who changed what."""
_VERSION = ("annotation_id", "version")
_KEPT = (*_VERSION, "annotator_id", "unit_id", "updated_at")
_OF_TASK = ("round", "config_sha256", "unit_type")
_KIND = ("config_sha256", "unit_type")
_WHO_WHAT = ("config_sha256", "unit_type", "unit_id", "annotator_id")
_WHEN = ("updated_at", "annotation_id", "version")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Annotations under one config: an entry of ``unit`` and ``annotator`` each, numbers into the sorted names.

    ``at`` is when it was saved, in microseconds since 1970. Rows of ``answers`` and ``spans`` have in ``entry``
    the number of the annotation that they are part of.
    """

    questionnaire: Questionnaire
    unit_type: str
    units: tuple[str, ...]
    annotators: tuple[str, ...]
    unit: Ints
    annotator: Ints
    at: Ints
    answers: pa.Table
    spans: pa.Table

    @property
    def shape(self) -> tuple[int, int]:
        """How many units and annotators there are."""
        return len(self.units), len(self.annotators)

    def votes(self, entries: Ints, values: Ints, n_values: int) -> Votes:
        """Votes that annotations cast, given as numbers of annotations and of values."""
        return Votes(self.unit[entries], self.annotator[entries], values, (*self.shape, n_values))


def counting(tables: Tables, origin: str, rounds: Collection[str] = ()) -> pa.Table:
    """The merged annotations of an origin, in these rounds or in all, each with round, config and unit type.

    What somebody answered when a round showed them a unit again says how they work, not what the unit is.
    """
    annotations = tables["annotations"]
    tasks = tables["tasks"].filter(pc.equal(tables["tasks"]["occurrence"], 0))
    counted = pc.and_(pc.equal(annotations["status"], "merged"), pc.equal(annotations["origin"], origin))
    counted = pc.and_(counted, pc.is_in(annotations["task_key"], value_set=tasks["task_key"]))
    counted = pc.and_(counted, pc.is_valid(annotations["unit_id"]))
    kept, keys = annotations.select(_KEPT).filter(counted), annotations["task_key"].filter(counted)
    places = pc.index_in(keys, value_set=tasks["task_key"].combine_chunks())
    for name in _OF_TASK:
        kept = kept.append_column(name, tasks[name].combine_chunks().dictionary_encode().take(places))
    return kept.filter(pc.is_in(kept["round"], value_set=pa.array(sorted(rounds)))) if rounds else kept


def sheets(counted: pa.Table, tables: Tables, known: Mapping[str, Questionnaire]) -> Iterator[Sheet]:
    """A sheet for each config and unit type; ``known`` has the questionnaires by the hash of their config.

    Of several answers of one annotator to one unit under one config the latest counts.
    """
    latest = _latest(counted)
    kinds = counted.group_by(_KIND, use_threads=False).aggregate([]).to_pylist()
    for one in sorted(kinds, key=lambda kind: (known[kind["config_sha256"]].title, *kind.values())):
        mine = pc.and_(*(pc.equal(counted[name], value) for name, value in one.items()))
        places = latest[mine.to_numpy()[latest]]
        yield _sheet(counted.take(pa.array(places)), tables, known[one["config_sha256"]], one["unit_type"])


def _latest(counted: pa.Table) -> Ints:
    """The places of the rows that count, in the order of who answered what."""
    ranks = {name: _ranks(counted[name]) for name in (*_WHO_WHAT, *_WHEN)}
    order = np.lexsort([*reversed(ranks.values())])
    last = np.ones(len(order), np.bool_)
    who_what = np.column_stack([ranks[name] for name in _WHO_WHAT])[order]
    last[:-1] = (who_what[1:] != who_what[:-1]).any(axis=1)
    latest: Ints = order[last]
    return latest


def _ranks(column: pa.ChunkedArray) -> npt.NDArray[np.int32]:
    """The place of each value among the different ones, texts by code point."""
    known = column.combine_chunks()
    known = known if pa.types.is_dictionary(known.type) else known.dictionary_encode()
    ranks = pc.rank(known.dictionary).to_numpy().astype(np.int32)
    places: npt.NDArray[np.int32] = ranks[known.indices.to_numpy()]
    return places


def _sheet(mine: pa.Table, tables: Tables, asked: Questionnaire, unit_type: str) -> Sheet:
    names = {name: sorted(pc.unique(mine[name]).to_pylist()) for name in ("unit_id", "annotator_id")}
    numbers = {
        name: ints(pc.index_in(mine[name], value_set=pa.array(named))) for name, named in names.items()
    }
    keys = version_keys(mine).combine_chunks()
    return Sheet(
        asked,
        unit_type,
        tuple(names["unit_id"]),
        tuple(names["annotator_id"]),
        numbers["unit_id"],
        numbers["annotator_id"],
        ints(mine["updated_at"].cast(pa.int64())),
        _with_entries(tables["answers"], keys),
        _with_entries(tables["spans"], keys),
    )


def _with_entries(rows: pa.Table, keys: pa.Array) -> pa.Table:
    """The rows that are part of these annotations, with the number of the annotation as ``entry``."""
    entries = pc.index_in(version_keys(rows), value_set=keys)
    rows = rows.drop_columns(_VERSION).append_column("entry", entries)
    return rows.filter(pc.is_valid(entries))


def version_keys(rows: pa.Table) -> pa.ChunkedArray:
    """Which version of which annotation each row of a merged table is, or is part of."""
    annotation, version = (rows[name] for name in _VERSION)
    return pc.binary_join_element_wise(annotation, version.cast(pa.string()), ":")


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered to one question: in which annotations, which of ``values``.

    ``asked`` are the annotations in which the question was asked, a Boolean for each. For numbers ``numbers``
    has the number of each value.
    """

    entries: Ints
    value: Ints
    values: tuple[str, ...]
    asked: Bools
    numbers: Floats


def given(sheet: Sheet, question: Question) -> Given:
    """The answers to a question with options or numbers.

    A question under a condition was asked where its condition holds, by the annotator's own other answers;
    an answer to a question that was not asked, which only a change of mind can leave behind, does not count.
    """
    asked = asked_entries(sheet, question)
    rows = sheet.answers.filter(pc.equal(sheet.answers["question"], question.name))
    if question.kind == "number":
        rows = rows.filter(pc.is_valid(rows["number"]))
        numbers, value = np.unique(rows["number"].to_numpy(), return_inverse=True)
        values, code = tuple(f"{number:g}" for number in numbers), ints(value)
    else:
        rows = rows.filter(pc.is_in(rows["option"], value_set=pa.array(question.options, pa.string())))
        code = ints(pc.index_in(rows["option"], value_set=pa.array(question.options, pa.string())))
        values, numbers = question.options, np.zeros(0)
    entries = ints(rows["entry"])
    kept = asked[entries]
    return Given(entries[kept], code[kept], values, asked, numbers)


def asked_entries(sheet: Sheet, question: Question) -> Bools:
    """In which annotations a question was asked."""
    when = question.asked_when
    parent = sheet.questionnaire.question(when.question) if when else None
    if when is None or parent is None:
        return np.ones(len(sheet.unit), np.bool_)
    answers = given(sheet, parent)
    holds = np.isin(answers.value, [place for place, one in enumerate(answers.values) if one in when.options])
    asked = np.zeros(len(sheet.unit), np.bool_)
    asked[answers.entries[holds]] = True
    return asked


def chosen(answers: Given) -> Bools:
    """What each annotation chose of a question with several options: annotations x options."""
    matrix = np.zeros((len(answers.asked), len(answers.values)), np.bool_)
    matrix[answers.entries, answers.value] = True
    return matrix
