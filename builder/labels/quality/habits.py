"""Answers given without looking: long runs of equal ones, few different ones, spans that are whole texts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    done = list(answered(work))
    by_person: dict[str, list[Work]] = defaultdict(list)
    for one in sorted(done, key=lambda each: (each.at, each.unit_id)):
        by_person[one.annotator_id].append(one)
    return {person: _run(theirs, done) for person, theirs in by_person.items()}


def _all_of(one: Work) -> Answers:
    return (*sorted((name, _plain(value)) for name, value in one.values.items()), one.spans)


def _plain(value: object) -> object:
    return tuple(sorted(value)) if isinstance(value, frozenset) else value


def _run(mine: Sequence[Work], everybody: Sequence[Work]) -> Run:
    runs = [(same, list(group)) for same, group in groupby(mine, _all_of)]
    same, run = max(runs, key=lambda one: len(one[1]))
    units = tuple(one.unit_id for one in run)
    others = [one for one in everybody if one.annotator_id != mine[0].annotator_id]
    here = [one for one in others if one.unit_id in set(units)]
    usual = max(_usual(same, others), _usual(same, here) if len(here) >= len(run) / 2 else 0.0)
    chance = min(1.0, (len(mine) - len(run) + 1) * usual ** len(run))
    return Run(len(run), usual, chance, units)


def _usual(same: Answers, work: Sequence[Work]) -> float:
    """How often an answer is given, with one more for and one more against it than there are."""
    return (sum(_all_of(one) == same for one in work) + 1) / (len(work) + 2)


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
