"""Each annotator against the others: agreement with their majority, unit by unit, and mean pairwise kappa."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from builder.labels.arrays import Bools, Floats, Ints, ints
from builder.labels.chance import equality, steps
from builder.labels.pairs import kappas, meetings
from builder.labels.proportions import Share, share
from builder.labels.quality.work import Value, Work, decisive, first_showings
from builder.labels.questions import Question, Questionnaire

LEAST_MET = 20
"""Fewer units than this with one other annotator give no kappa worth showing."""
_DRAWS = 400


@dataclass(frozen=True, slots=True)
class Met:
    """A unit that others answered too: for each question with a majority of the others, whether it was given.

    ``fraction`` is the share of those that must be answered on which the majority was agreed with.
    """

    unit_id: str
    at: datetime
    agreed: Mapping[str, bool]
    fraction: float


@dataclass(frozen=True, slots=True)
class Kappa:
    """Mean pairwise kappa with its 95 % interval over resampled units; a mean over others, by units shared."""

    n_units: int
    n_others: int
    value: float
    low: float
    high: float


@dataclass(slots=True)
class _Unit:
    """What was said of one unit, question by question: who gave which value."""

    said: dict[str, dict[str, Value]] = field(default_factory=lambda: defaultdict(dict))


def meetings_of(work: Iterable[Work], asked: Questionnaire) -> dict[str, list[Met]]:
    """For each annotator, in the order of work, the units with a majority of the others.

    Only blind answers of people to the first showing of a unit are compared; an answer for which a model had
    suggested one is none, and where the others are divided evenly there is no majority to agree with.
    """
    blind = first_showings(one for one in work if one.origin == "human")
    units: dict[str, _Unit] = defaultdict(_Unit)
    for one in blind:
        for name, value in independent(one).items():
            units[one.unit_id].said[name][one.annotator_id] = value
    found: dict[str, list[Met]] = defaultdict(list)
    same: dict[tuple[tuple[str, bool], ...], dict[str, bool]] = {}
    for one in sorted(blind, key=lambda each: (each.at, each.unit_id)):
        told = tuple(_agreed(one, units[one.unit_id]))
        agreed = same.setdefault(told, dict(told))
        names = decisive(asked, agreed)
        if names:
            fraction = sum(agreed[name] for name in names) / len(names)
            found[one.annotator_id].append(Met(one.unit_id, one.at, agreed, fraction))
    return dict(found)


def independent(one: Work) -> dict[str, Value]:
    """The answers that nothing but the person gave."""
    return {name: value for name, value in one.values.items() if name not in one.suggested}


def _agreed(one: Work, unit: _Unit) -> Iterator[tuple[str, bool]]:
    for name, value in independent(one).items():
        others = Counter(said for who, said in unit.said[name].items() if who != one.annotator_id)
        best = others.most_common(2)
        if best and (len(best) == 1 or best[0][1] > best[1][1]):
            yield name, value == best[0][0]


def agreement(met: Iterable[Met]) -> Share:
    """The mean over units of the share of questions that must be answered and were as the others did."""
    fractions = [one.fraction for one in met]
    return share(sum(fractions), len(fractions))


def agreement_on(met: Iterable[Met], question: str) -> Share:
    """As ``agreement``, on one question."""
    agreed = [one.agreed[question] for one in met if question in one.agreed]
    return share(sum(agreed), len(agreed))


def pairwise_kappas(work: Iterable[Work], asked: Questionnaire) -> dict[tuple[str, str], Kappa]:
    """Mean pairwise Cohen's kappa by annotator and question for one option; linear weights where it is ordinal."""
    blind = first_showings(one for one in work if one.origin == "human")
    people = sorted({one.annotator_id for one in blind})
    found = {}
    for question in asked.questions:
        if question.kind == "choice":
            rows = [one for one in blind if question.name in independent(one)]
            for place, kappa in _mean_kappas(_cells(rows, question, people), len(people), question):
                found[people[place], question.name] = kappa
    return found


@dataclass(frozen=True, slots=True)
class _Cells:
    """Each meeting of two annotators on a unit: the unit, both people, the cell of their table."""

    unit: Ints
    first: Ints
    second: Ints
    cell: Ints
    n_units: int


def _cells(rows: list[Work], question: Question, people: list[str]) -> _Cells:
    names = sorted({one.unit_id for one in rows})
    unit_of = {name: number for number, name in enumerate(names)}
    person_of = {name: number for number, name in enumerate(people)}
    option_of = {name: number for number, name in enumerate(question.options)}
    unit = ints([unit_of[one.unit_id] for one in rows])
    who = ints([person_of[one.annotator_id] for one in rows])
    value = ints([option_of.get(str(one.values[question.name]), 0) for one in rows])
    one, other = meetings(unit, who)
    return _Cells(unit[one], who[one], who[other], value[one] * len(option_of) + value[other], len(names))


@dataclass(frozen=True, slots=True)
class _Tables:
    """One person's tables with each of the others: cell and unit of each meeting, and who was met often enough."""

    cell: Ints
    unit: Ints
    kept: Bools
    weights: Floats

    def kappa(self, times: Floats) -> float:
        """The mean kappa where each unit is there so many times."""
        size = len(self.weights)
        cells = np.bincount(self.cell, times[self.unit], len(self.kept) * size**2)
        tables = cells.reshape(-1, size, size)[self.kept]
        return _weighted_mean(kappas(tables, self.weights), tables.sum(axis=(1, 2)))


def _tables(cells: _Cells, person: int, weights: Floats) -> _Tables:
    mine = (cells.first == person) | (cells.second == person)
    other = np.where(cells.first == person, cells.second, cells.first)[mine]
    _, place, met = np.unique(other, return_inverse=True, return_counts=True)
    cell = place * len(weights) ** 2 + cells.cell[mine]
    return _Tables(cell, cells.unit[mine], met >= LEAST_MET, weights)


def _mean_kappas(cells: _Cells, people: int, question: Question) -> Iterator[tuple[int, Kappa]]:
    """The kappa of each person who has one; the same draws of units serve all."""
    size = len(question.options)
    weights = steps(size) if question.scale == "ordinal" else equality(size)
    theirs = {person: _tables(cells, person, weights) for person in range(people)}
    theirs = {person: one for person, one in theirs.items() if one.kept.any()}
    random = np.random.default_rng(0)
    drawn: dict[int, list[float]] = {person: [] for person in theirs}
    for _ in range(_DRAWS if theirs else 0):
        times = random.poisson(1.0, cells.n_units).astype(np.float64)
        for person, one in theirs.items():
            drawn[person].append(one.kappa(times))
    for person, one in theirs.items():
        value = one.kappa(np.ones(cells.n_units))
        defined = [each for each in drawn[person] if not np.isnan(each)]
        if not np.isnan(value) and len(defined) >= 0.95 * _DRAWS:
            low, high = np.quantile(defined, [0.025, 0.975])
            yield person, Kappa(len(np.unique(one.unit)), int(one.kept.sum()), value, float(low), float(high))


def _weighted_mean(values: Floats, weights: Floats) -> float:
    some = ~np.isnan(values)
    return float(np.average(values[some], weights=weights[some])) if weights[some].sum() else float("nan")
