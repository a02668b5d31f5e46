"""Which units annotators disagree about most, and who said what of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.labels.arrays import Floats, Ints, ints
from builder.labels.ballots import ballots
from builder.labels.questions import Question
from builder.labels.sheets import Sheet, asked_entries


@dataclass(frozen=True, slots=True)
class Said:
    """What one annotator said of a unit, in words, by question."""

    annotator_id: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Hard:
    """A unit: how much its answers differ, from 0 to 1, on which questions, and who said what."""

    unit_type: str
    unit_id: str
    difference: float
    questions: tuple[str, ...]
    said: tuple[Said, ...]


def hardest(sheet: Sheet, most: int) -> tuple[Hard, ...]:
    """The units whose answers differ most, the hardest first; none that all agree on.

    How much answers to a unit differ is the share of pairs of its answers that are unequal, a mean over the
    questions that were answered twice or more; of several options the sets must be equal, of spans the labels
    that were marked.
    """
    compared = [one for one in sheet.questionnaire.questions if one.kind != "text"]
    by_question = np.array([_differences(sheet, one) for one in compared]).reshape(-1, len(sheet.units))
    known = ~np.isnan(by_question)
    total = np.where(known, by_question, 0.0).sum(axis=0)
    mean = total / np.maximum(1, known.sum(axis=0))
    order = [int(unit) for unit in np.lexsort((np.arange(len(mean)), -mean)) if mean[unit] > 0][:most]
    told = _told(sheet, order)
    return tuple(
        Hard(
            sheet.unit_type,
            sheet.units[unit],
            float(mean[unit]),
            tuple(one.name for one, row in zip(compared, by_question, strict=True) if row[unit] > 0),
            told[unit],
        )
        for unit in order
    )


def _differences(sheet: Sheet, question: Question) -> Floats:
    """The share of pairs of answers that differ, for each unit; NaN where nobody can be compared."""
    unit, value = _span_sets(sheet, question) if question.kind == "spans" else _votes(sheet, question)
    units, kinds = len(sheet.units), int(value.max(initial=0)) + 1
    size = np.bincount(unit, minlength=units)
    cells, times = np.unique(unit * kinds + value, return_counts=True)
    equal = np.bincount(cells // kinds, times * (times - 1), units)
    pairs = size * (size - 1)
    differing: Floats = np.where(pairs > 0, 1 - equal / np.maximum(1, pairs), np.nan)
    return differing


def _votes(sheet: Sheet, question: Question) -> tuple[Ints, Ints]:
    votes = next(ballots(sheet, question)).votes
    return votes.unit, votes.value


def _span_sets(sheet: Sheet, question: Question) -> tuple[Ints, Ints]:
    """Which labels each annotation marked, as a number for each set of them."""
    entries = np.flatnonzero(asked_entries(sheet, question))
    rows = sheet.spans.filter(pc.equal(sheet.spans["question"], question.name))
    marked = np.zeros((len(sheet.unit), len(question.options)), np.bool_)
    places = pc.index_in(rows["label"], value_set=pa.array(question.options, pa.string()))
    known = np.asarray(pc.is_valid(places))
    marked[ints(rows["entry"])[known], ints(pc.fill_null(places, 0))[known]] = True
    _, value = np.unique(marked[entries], axis=0, return_inverse=True)
    return sheet.unit[entries], value.reshape(-1).astype(np.int64)


def _told(sheet: Sheet, units: Sequence[int]) -> dict[int, tuple[Said, ...]]:
    """Who said what of these units, by annotator and in the order of the questions."""
    wanted = {int(entry): int(sheet.unit[entry]) for entry in np.flatnonzero(np.isin(sheet.unit, units))}
    answers: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entry, question, said in _words(sheet, wanted):
        answers[entry][question].append(said)
    order = [one.name for one in sheet.questionnaire.questions]
    told: dict[int, list[Said]] = defaultdict(list)
    for entry in sorted(wanted, key=lambda one: int(sheet.annotator[one])):
        mine = tuple((name, ", ".join(answers[entry][name])) for name in order if name in answers[entry])
        told[wanted[entry]].append(Said(sheet.annotators[int(sheet.annotator[entry])], mine))
    return {unit: tuple(said) for unit, said in told.items()}


def _words(sheet: Sheet, wanted: dict[int, int]) -> Iterator[tuple[int, str, str]]:
    entries = pa.array(sorted(wanted), pa.int32())
    for row in sheet.answers.filter(pc.is_in(sheet.answers["entry"], value_set=entries)).to_pylist():
        number = None if row["number"] is None else f"{row['number']:g}"
        yield row["entry"], row["question"], row["option"] or number or row["text"] or ""
    for row in sheet.spans.filter(pc.is_in(sheet.spans["entry"], value_set=entries)).to_pylist():
        yield row["entry"], row["question"], f"{row['label']}: “{row['text']}”"
