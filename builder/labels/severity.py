"""How severe units are: as annotators found them, as a model expects them, or as the corpus is on the whole."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

_NONE: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Severity:
    """Who found which unit severe, what a model expects of units (0 to 1), and the share of answers that are severe."""

    found: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    expected: Mapping[str, float] = field(default_factory=dict)
    rate: float = 0.0

    def of(self, unit: str, annotator: str) -> float:
        """How severe a unit is likely to be to somebody, from 0 to 1.

        The share of the others who found it severe; where nobody else saw it what a model expects; without that
        the share of all answers that are severe.
        """
        others = [severe for person, severe in self.found.get(unit, {}).items() if person != annotator]
        if others:
            return sum(others) / len(others)
        return min(1.0, max(0.0, self.expected.get(unit, self.rate)))


def severity(
    annotations: pa.Table,
    answers: pa.Table,
    question: str,
    values: Collection[str],
    expected: Mapping[str, float] = _NONE,
) -> Severity:
    """The severity of units by the merged answers to a question, some ``values`` of which are severe.

    ``annotations`` and ``answers`` are the merged tables; of several answers of one annotator to one unit one
    severe one is enough.
    """
    mine = answers.filter(pc.equal(answers["question"], question))
    severe = pc.is_in(mine["option"], value_set=pa.array(sorted(values), pa.string()))
    said: dict[tuple[str, int], bool] = defaultdict(bool)
    for key, number, one in zip(
        mine["annotation_id"].to_pylist(), mine["version"].to_pylist(), severe.to_pylist(), strict=True
    ):
        said[key, number] |= one
    found: dict[str, dict[str, bool]] = defaultdict(lambda: defaultdict(bool))
    columns = ("annotation_id", "version", "unit_id", "annotator_id", "status")
    for key, number, unit, person, status in zip(
        *(annotations[name].to_pylist() for name in columns), strict=True
    ):
        if status == "merged" and (key, number) in said:
            found[unit][person] |= said[key, number]
    votes = [severe for people in found.values() for severe in people.values()]
    return Severity(found, expected, sum(votes) / len(votes) if votes else 0.0)
