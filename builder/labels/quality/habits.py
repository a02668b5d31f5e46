"""Answers given without looking: long runs of equal ones, few different ones, spans that are whole texts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from builder.labels.proportions import Share, share
from builder.labels.quality.work import Work, answered
from builder.labels.questions import Questionnaire

LONG_TEXT = 100
"""In a text of fewer characters than this a span that covers all of it is nothing to wonder at."""
_COVERED = 0.95
Answers = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """The longest run of equal answers, in the order of work, and the units that it is made of.

    ``usual`` is how often others give that very answer, to these units or at all, whichever is more;
    ``chance`` bounds the probability of so long a run by somebody who gives it that often.
    """

    length: int
    usual: float
    chance: float
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How different answers are: Shannon entropy in bits, a mean over questions, own and of the others."""

    n: int
    own: float
    others: float | None


@dataclass(frozen=True, slots=True)
class WholeSpans:
    """Among spans in long texts those that cover all of it, and the units where they are."""

    share: Share
    units: tuple[str, ...]


def longest_runs(work: Iterable[Work]) -> dict[str, Run]:
    """The longest run of each annotator."""
    mine: dict[str, list[Work]] = defaultdict(list)
    for one in sorted(answered(work), key=lambda each: (each.at, each.unit_id)):
        mine[one.annotator_id].append(one)
    longest = {person: _longest(theirs) for person, theirs in mine.items()}
    told = _told(mine, {_all_of(run[0]) for run in longest.values()})
    units = {one.unit_id for run in longest.values() for one in run}
    of_unit: dict[str, list[Work]] = defaultdict(list)
    for one in (one for theirs in mine.values() for one in theirs if one.unit_id in units):
        of_unit[one.unit_id].append(one)
    sizes = {person: len(theirs) for person, theirs in mine.items()}
    return {person: _run(run, told, sizes, of_unit) for person, run in longest.items()}


def _longest(mine: Sequence[Work]) -> list[Work]:
    return max((list(group) for _, group in groupby(mine, _all_of)), key=len)


def _told(mine: Mapping[str, Sequence[Work]], wanted: Collection[Answers]) -> Mapping[Answers, Counter[str]]:
    """How often everybody gave each of these answers."""
    told = {same: Counter[str]() for same in wanted}
    for person, theirs in mine.items():
        for answers in map(_all_of, theirs):
            if answers in told:
                told[answers][person] += 1
    return told


def _all_of(one: Work) -> Answers:
    """Everything that somebody said of a unit, in a form that can be compared and counted."""
    return (*sorted((name, _plain(value)) for name, value in one.values.items()), one.spans)


def _plain(value: object) -> object:
    return tuple(sorted(value)) if isinstance(value, frozenset) else value


def _run(
    run: Sequence[Work],
    told: Mapping[Answers, Counter[str]],
    sizes: Mapping[str, int],
    of_unit: Mapping[str, Sequence[Work]],
) -> Run:
    same, person, units = _all_of(run[0]), run[0].annotator_id, tuple(one.unit_id for one in run)
    others = told[same].total() - told[same][person]
    here = [_all_of(one) for unit in set(units) for one in of_unit[unit] if one.annotator_id != person]
    usual = _usual(others, sum(sizes.values()) - sizes[person])
    if len(here) >= len(run) / 2:
        usual = max(usual, _usual(here.count(same), len(here)))
    chance = min(1.0, (sizes[person] - len(run) + 1) * usual ** len(run))
    return Run(len(run), usual, chance, units)


def _usual(times: int, n: int) -> float:
    """How often an answer is given, with one more for and one more against it than there are."""
    return (times + 1) / (n + 2)


def spreads(work: Iterable[Work], asked: Questionnaire) -> dict[str, Spread]:
    """The entropy of each annotator's answers to questions for one option, beside that of the others."""
    names = [question.name for question in asked.questions if question.kind == "choice"]
    counts: dict[str, dict[str, Counter[object]]] = defaultdict(lambda: defaultdict(Counter))
    n = Counter[str]()
    for one in answered(work):
        n[one.annotator_id] += 1
        for name in names:
            if name in one.values:
                counts[one.annotator_id][name][one.values[name]] += 1
    return {person: _spread(person, counts, n[person]) for person in counts}


def _spread(person: str, counts: Mapping[str, Mapping[str, Counter[object]]], n: int) -> Spread:
    own = counts[person]
    others: dict[str, Counter[object]] = defaultdict(Counter)
    for name, theirs in counts.items():
        if name != person:
            for question, told in theirs.items():
                others[question] += told
    both = [name for name in own if name in others]
    beside = float(np.mean([_bits(others[name]) for name in both])) if both else None
    return Spread(n, float(np.mean([_bits(own[name]) for name in both or own])), beside)


def _bits(counts: Counter[object]) -> float:
    shares = np.array(list(counts.values()), np.float64) / counts.total()
    return float(-(shares * np.log2(shares)).sum()) + 0.0


def whole_spans(work: Iterable[Work], lengths: Mapping[str, int]) -> dict[str, WholeSpans]:
    """Spans over whole texts, by annotator; ``lengths`` of the units' texts in characters.

    Only texts of ``LONG_TEXT`` characters or more count, and a span counts as whole from 95 % of them on.
    """
    whole: dict[str, list[str]] = defaultdict(list)
    n = Counter[str]()
    for one in answered(work):
        length = lengths.get(one.unit_id, 0)
        if length >= LONG_TEXT:
            n[one.annotator_id] += len(one.spans)
            covering = [end - start for _, start, end in one.spans if end - start >= _COVERED * length]
            whole[one.annotator_id] += [one.unit_id] * len(covering)
    return {
        person: WholeSpans(share(len(whole[person]), n[person]), tuple(dict.fromkeys(whole[person])))
        for person in n
    }
