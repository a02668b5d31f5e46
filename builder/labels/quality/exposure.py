"""How much that is hard to read each annotator met, day by day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from builder.labels.quality.work import Work, answered

_MET = ("merged", "skipped", "rejected", "draft")


@dataclass(frozen=True, slots=True)
class Severe:
    """Which answers call a unit severe: options by question; a question that is not asked calls nothing so."""

    options: Mapping[str, frozenset[str]]

    def says(self, one: Work) -> bool:
        """Whether somebody called a unit severe."""
        given = ((one.values.get(name), options) for name, options in self.options.items())
        return any(
            bool(value & options) if isinstance(value, frozenset) else value in options
            for value, options in given
            if value is not None
        )


USUAL = Severe(MappingProxyType({"hostility": frozenset({"hostile", "hate"})}))
"""What is severe unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of an annotator, in UTC: units met, and those of them that are severe."""

    day: date
    met: int
    severe: int


def severe_units(work: Iterable[Work], severe: Severe = USUAL) -> frozenset[str]:
    """The units that at least half of those who answered call severe."""
    said: dict[str, dict[str, bool]] = defaultdict(dict)
    for one in answered(work):
        said[one.unit_id][one.annotator_id] = severe.says(one)
    return frozenset(unit for unit, told in said.items() if 2 * sum(told.values()) >= len(told))


def days(work: Iterable[Work], severe: Severe = USUAL) -> dict[str, tuple[Day, ...]]:
    """Each annotator's days, in their order.

    A unit is severe for somebody if they called it so themselves or half of all did; skipping it or leaving a
    draft does not unsee it. A unit that is met twice on a day counts once.
    """
    listed = list(work)
    known = severe_units(listed, severe)
    met: dict[tuple[str, date], dict[str, bool]] = defaultdict(dict)
    for one in listed:
        if one.status in _MET:
            units = met[one.annotator_id, one.at.date()]
            mine = one.unit_id in known or (one.status == "merged" and severe.says(one))
            units[one.unit_id] = units.get(one.unit_id, False) or mine
    found: dict[str, list[Day]] = defaultdict(list)
    for (person, day), units in sorted(met.items()):
        counts = Counter(units.values())
        found[person].append(Day(day, len(units), counts[True]))
    return {person: tuple(each) for person, each in found.items()}
