"""Tasks that show how an annotator works, mixed among the others: units of known answer, units shown again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from builder.annotate.planning.sample import Candidate, chance
from builder.annotate.tasks import PlannedTask
from builder.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class Known:
    """Units whose right answers are known, and who met which units in an earlier round."""

    units: tuple[Candidate, ...] = ()
    met: frozenset[tuple[str, str]] = frozenset()


def gold_for(known: Known, assignee: str, place: int, count: int, seed: int) -> tuple[Candidate, ...]:
    """So many units of known answer for an assignee, those first that they never met.

    Raises ``UsageError`` where there are fewer.
    """
    if count > len(known.units):
        raise UsageError(
            f"--gold {count} asks for {count} units whose right answers are known; there are "
            f"{len(known.units)}. Add some: builder gold add --help"
        )

    def rank(unit: Candidate) -> tuple[bool, str]:
        return (assignee, unit.unit_id) in known.met, chance(seed, "gold", str(place), unit.unit_id)

    return tuple(sorted(known.units, key=rank)[:count])


def with_repeats(tasks: Sequence[PlannedTask], count: int, place: int, seed: int) -> tuple[PlannedTask, ...]:
    """The tasks of one assignee with some shown a second time, at least a third of the list after the first.

    Raises ``UsageError`` where the list is too short for so many.
    """
    if not count:
        return tuple(tasks)
    gap = -(-(len(tasks) + count) // 3)
    early = [at for at, task in enumerate(tasks[: max(0, len(tasks) - gap)]) if task.ordinary]
    if count > len(early):
        raise UsageError(
            f"--repeat {count} asks for {count} units to be shown again to an annotator who has {len(tasks)} "
            f"tasks; with a third of the list in between there is room for fewer. Lower it, or raise --sample."
        )
    later = defaultdict[int, list[PlannedTask]](list)
    for at in sorted(early, key=lambda at: chance(seed, "again", str(place), tasks[at].unit_id))[:count]:
        room = range(at + gap, len(tasks))
        drawn = int(chance(seed, "where", str(place), tasks[at].unit_id), 16)
        later[room[drawn % len(room)]].append(replace(tasks[at], occurrence=1))
    return tuple(chain.from_iterable((task, *later[at]) for at, task in enumerate(tasks)))
