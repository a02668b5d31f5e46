"""How many of their tasks annotators are handed at a time, so that no day brings more than was agreed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from builder.annotate.planning.rounds import Round
from builder.annotate.tasks import POOL

Weigh = Callable[[str, str], float]
"""Says how many ordinary tasks a unit weighs for an assignee: 1 or more."""
_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Saved:
    """What is known of the answers to a task: the last day on which one was saved (UTC), and by how many people."""

    day: str
    people: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known when a push begins: the keys of tasks on the server, answers by task key, the day (UTC)."""

    there: Collection[str]
    saved: Mapping[str, Saved]
    today: str


@dataclass(slots=True)
class Load:
    """What is on somebody: tasks open, tasks done today, and what both weigh."""

    open: int = 0
    today: int = 0
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Handout:
    """What each person has to do and did today, and how much of it there may be."""

    limit: float
    weigh: Weigh
    loads: Mapping[str, Load] = field(default_factory=dict)

    def load(self, one: Round, assignee: str) -> Load:
        """What is on an assignee; of a pool, on the one of its people who has most."""
        known = (self.loads.get(person, Load()) for person in _people(one, assignee))
        return max(known, key=lambda load: load.weight)

    def released(self, one: Round, assignee: str, missing: Iterable[str]) -> tuple[str, ...]:
        """The first of the tasks that are not on the server yet, by key in their order, as far as there is room."""
        planned = one.keys(assignee)
        spare = self.limit - self.load(one, assignee).weight
        taken = []
        for key in missing:
            spare -= self.weigh(planned[key].unit_id, assignee)
            if spare < -_EQUAL:
                break
            taken.append(key)
        return tuple(taken)


def handout(limit: float, weigh: Weigh, rounds: Iterable[Round], seen: Seen) -> Handout:
    """What is on everybody, in all rounds together.

    A task is on somebody from when it is sent until a pull shows it done, and then until the day is over on
    which it was done. In a pool it is done when as many people answered it as were asked for; it is on all who
    are named for the pool, and where nobody is, on the pool alone. Open tasks of a closed round are on nobody.
    """
    loads: dict[str, Load] = defaultdict(Load)
    for one, assignee, key, unit in _planned(rounds):
        saved = seen.saved.get(key)
        wanted = one.terms.overlap if assignee == POOL else 1
        done = saved is not None and saved.people >= wanted
        today = saved is not None and saved.day >= seen.today
        is_open = key in seen.there and not done and not one.closed
        if is_open or today:
            for person in _people(one, assignee):
                load = loads[person]
                load.open += is_open
                load.today += today and not is_open
                load.weight += weigh(unit, assignee)
    return Handout(limit, weigh, dict(loads))


def _planned(rounds: Iterable[Round]) -> Iterator[tuple[Round, str, str, str]]:
    for one in rounds:
        for assignee in one.assignees:
            for key, task in one.keys(assignee).items():
                yield one, assignee, key, task.unit_id


def _people(one: Round, assignee: str) -> tuple[str, ...]:
    if assignee != POOL:
        return (assignee,)
    return one.terms.annotators or (f"{POOL} {one.name}",)
