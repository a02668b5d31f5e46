"""Simulated studies whose truth is known, answered by people with known habits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import pyarrow as pa

from builder.labels.quality.exposure import Severe
from builder.labels.quality.figures import Beside, Figures, figures
from builder.labels.quality.warnings import Warned, warnings_of
from tests.unit.labels.merged import KNOWN, merged, person, said, unit_id

TONES = ("civil", "rude", "hate")
LENGTH = 200
HATE = Severe({"tone": frozenset({"hate"})})


@dataclass(frozen=True)
class Person:
    """Somebody who answers as they are: how often right, at first and at last, how fast, and with which habits.

    ``stops`` is the number of the task from which on the answer is always civil; ``again`` how often a unit
    that comes again gets the same answer; ``whole`` how often a span is the whole text.
    """

    right: float = 0.85
    right_at_last: float | None = None
    seconds: float = 20.0
    stops: int | None = None
    length: int = 40
    only_civil: float = 0.0
    again: float = 0.95
    skips: float = 0.02
    whole: float = 0.0


@dataclass(frozen=True)
class Study:
    """The merged tables of a study, and the true tone of each unit."""

    tables: dict[str, pa.Table]
    truth: dict[str, str]

    def figures(self, gold: int = 0) -> list[Figures]:
        """The figures of everybody; the first so many units have known answers."""
        known = {unit: {"tone": tone} for unit, tone in list(self.truth.items())[:gold]}
        beside = Beside(lengths=dict.fromkeys(self.truth, LENGTH), gold={"hostility": known}, severe=HATE)
        return list(figures(self.tables, KNOWN, beside))

    def warnings(self, gold: int = 0) -> list[dict[str, Warned]]:
        """The warnings about each person, by kind."""
        return [{found.kind: found for found in warnings_of(one)} for one in self.figures(gold)]


def study(people: Sequence[Person], units: int = 150, seed: int = 0, repeats: int = 0) -> Study:
    """Everybody answers every unit, in an order of their own, and the first so many a second time at the end."""
    random = Random(seed)
    truth = random.choices(TONES, (0.55, 0.3, 0.15), k=units)
    rows = [row for number, one in enumerate(people) for row in _answers(random, number, one, truth, repeats)]
    return Study(merged(*rows), {unit_id(number): tone for number, tone in enumerate(truth)})


def _answers(
    random: Random, who: int, one: Person, truth: Sequence[str], repeats: int
) -> Iterator[dict[str, Any]]:
    order = random.sample(range(len(truth)), len(truth))
    first: dict[int, str] = {}
    for place, unit in enumerate([*order, *order[:repeats]]):
        row = {"_minute": place, "_seconds": random.lognormvariate(0, 0.4) * one.seconds}
        if random.random() < one.skips:
            yield said(unit, who, _status="skipped", **row)
            continue
        tone = _tone(random, one, truth[unit], place, len(truth))
        occurrence = int(place >= len(order))
        if occurrence and unit in first and random.random() < one.again:
            tone = first[unit]
        first.setdefault(unit, tone)
        yield said(unit, who, tone=tone, **_more(random, one, tone), _occurrence=occurrence, **row)


def _tone(random: Random, one: Person, true: str, place: int, units: int) -> str:
    if one.stops is not None and one.stops <= place < one.stops + one.length:
        return "civil"
    if random.random() < one.only_civil:
        return "civil"
    late = place >= units * 2 / 3 and one.right_at_last is not None
    right = one.right_at_last if late and one.right_at_last is not None else one.right
    return true if random.random() < right else random.choice([tone for tone in TONES if tone != true])


def _more(random: Random, one: Person, tone: str) -> dict[str, Any]:
    if tone == "civil":
        return {}
    start = random.randrange(0, 150)
    span = (0, LENGTH) if random.random() < one.whole else (start, start + random.randrange(4, 40))
    return {"target": [random.choice(["person", "group"])], "span": [(*span, "slur")]}


def called(number: int) -> str:
    """The pseudonym of a person of a study."""
    return person(number)
