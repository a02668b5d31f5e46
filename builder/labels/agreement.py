"""How far annotators agree: for each question and option, and for each pair of annotators."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from builder.labels.arrays import Floats, Ints
from builder.labels.ballots import Ballot, Level, ballots
from builder.labels.characters import character_patterns, cut
from builder.labels.marks import Marks, PairF1, marks, pair_f1
from builder.labels.measures import (
    Measures,
    number_measures,
    option_measures,
    set_measures,
    text_measures,
    value_measures,
)
from builder.labels.pairs import agreements, kappas, pair_tables
from builder.labels.questions import Kind, Question
from builder.labels.resampling import Resampling
from builder.labels.sheets import Sheet
from builder.labels.votes import Votes

Lengths = Callable[[Sheet], Ints]
"""Gives the length of the text of each unit of a sheet, in characters."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What agreement is about: a question, or one of its options; how answers are compared."""

    config: str
    question: str
    option: str | None
    kind: Kind
    level: Level


@dataclass(frozen=True, slots=True)
class PairMeasures:
    """Agreement of two annotators, ``first`` and ``second``; what is not defined is None.

    ``weighted_kappa`` counts answers as partly equal under ``weights``: linear for ordinal options, quadratic
    for numbers, masi for sets. F1 is that of spans.
    """

    first: str
    second: str
    n_units: int
    raw: float | None = None
    kappa: float | None = None
    weighted_kappa: float | None = None
    weights: str | None = None
    f1_exact: float | None = None
    f1_overlap: float | None = None


def question_agreement(
    sheet: Sheet, question: Question, lengths: Lengths, resampling: Resampling
) -> Iterator[tuple[Subject, Measures]]:
    """Agreement on a question, then on each of its options or labels; nothing for free text."""
    if question.kind == "spans":
        spans = marks(sheet, question, lengths(sheet))
        yield _subject(sheet, question, None, "characters"), _of_marks(spans, resampling)
        for place, label in enumerate(question.options):
            one = _of_marks(spans.only(place), resampling)
            yield _subject(sheet, question, label, "characters"), one
    for ballot in ballots(sheet, question):
        yield _subject(sheet, question, ballot.option, ballot.level), _of_ballot(ballot, resampling)


def pair_agreement(
    sheet: Sheet, question: Question, lengths: Lengths
) -> Iterator[tuple[Subject, PairMeasures]]:
    """As ``question_agreement``, for each pair of annotators who met."""
    if question.kind == "spans":
        spans = marks(sheet, question, lengths(sheet))
        for place, label in ((None, None), *enumerate(question.options)):
            f1 = pair_f1(spans if place is None else spans.only(place))
            about = _subject(sheet, question, label, "characters")
            yield from ((about, one) for one in _f1_pairs(sheet, f1))
    for ballot in ballots(sheet, question):
        about = _subject(sheet, question, ballot.option, ballot.level)
        yield from ((about, one) for one in _kappa_pairs(sheet, ballot))


def _subject(sheet: Sheet, question: Question, option: str | None, level: Level) -> Subject:
    return Subject(sheet.questionnaire.title, question.name, option, question.kind, level)


def _of_ballot(ballot: Ballot, resampling: Resampling) -> Measures:
    if ballot.option is not None:
        return option_measures(ballot.votes, resampling)
    if ballot.level == "interval":
        return number_measures(ballot.votes, ballot.numbers, resampling)
    if ballot.level == "masi":
        return set_measures(ballot.votes, ballot.distance, resampling)
    return value_measures(ballot.votes, resampling, ordinal=ballot.level == "ordinal")


def _of_marks(spans: Marks, resampling: Resampling) -> Measures:
    cuts = cut(spans)
    seen = spans.seen
    saw = Votes(seen.unit, seen.annotator, seen.unit * 0, (len(seen.lengths), seen.n_annotators, 1))
    f1 = pair_f1(spans)
    stretches = character_patterns(spans, cuts)
    return text_measures(saw, stretches, cuts.unit, resampling, (_mean(f1.exact), _mean(f1.overlap)))


def _f1_pairs(sheet: Sheet, f1: PairF1) -> Iterator[PairMeasures]:
    columns = (f1.first, f1.second, f1.n_units, f1.exact, f1.overlap)
    for first, second, units, exact, overlap in zip(*(each.tolist() for each in columns), strict=True):
        yield PairMeasures(
            sheet.annotators[first],
            sheet.annotators[second],
            units,
            f1_exact=_defined(exact),
            f1_overlap=_defined(overlap),
        )


def _kappa_pairs(sheet: Sheet, ballot: Ballot) -> Iterator[PairMeasures]:
    met = pair_tables(ballot.votes)
    name, weights = ballot.weights or (None, ballot.equal)
    plain, weighted = kappas(met.tables, ballot.equal), kappas(met.tables, weights)
    raw, times = agreements(met.tables, ballot.equal), met.tables.sum(axis=(1, 2))
    columns = (met.first, met.second, times, raw, plain, weighted)
    for first, second, units, *values in zip(*(each.tolist() for each in columns), strict=True):
        raw_one, kappa, kappa_weighted = map(_defined, values)
        yield PairMeasures(
            sheet.annotators[first],
            sheet.annotators[second],
            units,
            raw=raw_one,
            kappa=kappa,
            weighted_kappa=kappa_weighted if name else None,
            weights=name,
        )


def _mean(values: Floats) -> float:
    """The mean of what is defined; NaN where nothing is."""
    some = values[~np.isnan(values)]
    return float(some.mean()) if some.size else float("nan")


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else value
