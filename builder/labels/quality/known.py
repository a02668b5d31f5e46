"""Answers against what is known: gold, and what the same person said of the same unit before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from builder.labels.proportions import Share, share
from builder.labels.quality.work import Value, Work, answered, decisive
from builder.labels.questions import Questionnaire

Gold = Mapping[str, Mapping[str, Any]]
"""For each unit whose answers are known a document of them: an option, a list of options, a number a question."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A unit whose answers were compared: the share of questions answered alike, and those answered otherwise."""

    unit_id: str
    fraction: float
    unlike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Agreement over units, and the units where something differed."""

    agreement: Share
    unlike: tuple[str, ...]


def with_gold(work: Iterable[Work], gold: Gold, asked: Questionnaire) -> dict[str, Comparison]:
    """Each annotator's first answers to units whose answers are known; answers of an adjudicator are none."""
    found: dict[str, dict[str, Compared]] = defaultdict(dict)
    for one in answered(work):
        if one.unit_id in gold and one.origin != "adjudication":
            known = {name: _value(value) for name, value in gold[one.unit_id].items()}
            compared = _compared(one.unit_id, one.values, known, asked)
            if compared:
                found[one.annotator_id].setdefault(one.unit_id, compared)
    return {person: _comparison(units.values()) for person, units in found.items()}


def with_oneself(work: Iterable[Work], asked: Questionnaire) -> dict[str, Comparison]:
    """Each annotator's later answers to a unit against the first one they gave.

    A unit comes again as a repeat, with an ``occurrence`` of 1 or more, or in another round. A unit that came
    three times counts once, as the mean of its two comparisons.
    """
    showings: dict[tuple[str, str], list[Work]] = defaultdict(list)
    for one in answered(work):
        if one.origin != "adjudication":
            showings[one.annotator_id, one.unit_id].append(one)
    found: dict[str, list[Compared]] = defaultdict(list)
    for (person, unit), same in showings.items():
        repeated = _repeated(unit, sorted(same, key=lambda each: each.at), asked)
        if repeated:
            found[person].append(repeated)
    return {person: _comparison(units) for person, units in found.items()}


def _repeated(unit: str, same: list[Work], asked: Questionnaire) -> Compared | None:
    pairs = [_compared(unit, later.values, same[0].values, asked) for later in same[1:]]
    found = [one for one in pairs if one]
    if not found:
        return None
    unlike = dict.fromkeys(name for one in found for name in one.unlike)
    return Compared(unit, sum(one.fraction for one in found) / len(found), tuple(unlike))


def _compared(
    unit: str, one: Mapping[str, Value], known: Mapping[str, Value], asked: Questionnaire
) -> Compared | None:
    """Over the questions that must be answered and both were asked: no difference counts for its consequences."""
    both = decisive(asked, (name for name in known if name in one))
    if not both:
        return None
    unlike = tuple(name for name in both if one[name] != known[name])
    return Compared(unit, 1 - len(unlike) / len(both), unlike)


def _value(value: object) -> Value:
    if isinstance(value, list | tuple | set | frozenset):
        return frozenset(map(str, value))
    return float(value) if isinstance(value, int | float) else str(value)


def _comparison(units: Iterable[Compared]) -> Comparison:
    listed = list(units)
    total = sum(one.fraction for one in listed)
    return Comparison(share(total, len(listed)), tuple(one.unit_id for one in listed if one.unlike))
