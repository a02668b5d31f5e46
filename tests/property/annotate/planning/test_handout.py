"""Whatever people do and whenever the lead pushes and pulls, nobody has more on them than was agreed for a day."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.annotate.planning.handout import Saved, Seen, handout
from builder.annotate.planning.rounds import Round, planned
from builder.annotate.planning.sample import Candidate
from builder.annotate.planning.terms import Terms
from builder.annotate.questionnaire.questions import LabelConfig

CONFIG = LabelConfig("mood", "Mood", "comment", "<View/>", "0" * 64, (), ())
UNITS = [Candidate(f"c{number}", f"a{number % 3}", number, 0.5, {}) for number in range(12)]
PEOPLE = ("w1", "w2")
EQUAL = 1e-6


def some_round(name: str, terms: Terms) -> Round:
    """A round over all units."""
    return planned(name, CONFIG, terms, UNITS)


ROUNDS = (
    some_round("one", Terms("personal", 2, PEOPLE)),
    some_round("two", Terms("personal", 1, PEOPLE)),
    some_round("pool", Terms("pool", 2, PEOPLE)),
    some_round("open-pool", Terms("pool", 1)),
)


@dataclass
class World:
    """The server, the people and the lead: who was sent and did what on which day, and what the lead knows."""

    limit: float
    weights: dict[str, float]
    day: int = 1
    there: set[str] = field(default_factory=set)
    did: dict[str, dict[str, int]] = field(default_factory=dict)
    pulled: dict[str, Saved] = field(default_factory=dict)
    planned: list[Round] = field(default_factory=list)

    def weigh(self, unit: str, _assignee: str) -> float:
        """What a unit weighs."""
        return self.weights[unit]

    def push(self, one: Round) -> int:
        """Send what may be sent of a round; how many tasks that were."""
        self.planned = [*(each for each in self.planned if each.name != one.name), one]
        sent = 0
        for assignee in one.assignees:
            seen = Seen(set(self.there), self.pulled, f"day {self.day:03}")
            limits = handout(self.limit, self.weigh, self.planned, seen)
            missing = [key for key in one.keys(assignee) if key not in self.there]
            more = limits.released(one, assignee, missing)
            assert list(more) == missing[: len(more)], "the order of showing was broken"
            self.there |= set(more)
            sent += len(more)
        return sent

    def pull(self) -> None:
        """Let the lead know all that was done."""
        self.pulled = {
            key: Saved(f"day {max(days.values()):03}", len(days)) for key, days in self.did.items()
        }

    def label(self, person: str) -> None:
        """Let somebody do the next task that is theirs to do, today."""
        for one in self.planned:
            for assignee in one.assignees:
                pool = assignee == "pool"
                mine = person in one.terms.annotators if pool else assignee == person
                for key in one.keys(assignee) if mine else ():
                    done = self.did.get(key, {})
                    wanted = one.terms.overlap if pool else 1
                    if key in self.there and person not in done and len(done) < wanted:
                        self.did.setdefault(key, {})[person] = self.day
                        return

    def met(self, person: str, day: int) -> float:
        """What the tasks weigh that somebody did on a day."""
        units = {
            key: task.unit_id
            for one in ROUNDS
            for each in one.assignees
            for key, task in one.keys(each).items()
        }
        return sum(self.weights[units[key]] for key, days in self.did.items() if days.get(person) == day)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("push"), st.sampled_from(ROUNDS)),
        st.tuples(st.just("pull"), st.none()),
        st.tuples(st.just("label"), st.sampled_from(PEOPLE)),
        st.tuples(st.just("sleep"), st.none()),
    ),
    min_size=30,
    max_size=80,
)


@settings(max_examples=200)
@given(st.integers(3, 6), st.lists(st.floats(1, 3), min_size=12, max_size=12), STEPS)
def test_no_day_brings_more_than_was_agreed(
    limit: int, weights: list[float], steps: list[tuple[str, object]]
) -> None:
    """On no day does anybody meet more than the limit, and after each push nobody has more than it on them."""
    world = World(limit, {unit.unit_id: weight for unit, weight in zip(UNITS, weights, strict=True)})
    for step, what in steps:
        if step == "push":
            world.push(what)  # type: ignore[arg-type]
            seen = Seen(world.there, world.pulled, f"day {world.day:03}")
            loads = handout(limit, world.weigh, world.planned, seen).loads
            assert all(load.weight <= limit + EQUAL for load in loads.values())
            assert world.push(what) == 0  # type: ignore[arg-type]
        elif step == "pull":
            world.pull()
        elif step == "label":
            world.label(str(what))
        else:
            world.day += 1
    for person in PEOPLE:
        for day in range(1, world.day + 1):
            assert world.met(person, day) <= limit + EQUAL


@given(st.integers(1, 12))
def test_whoever_does_a_days_work_gets_all_in_the_end(limit: int) -> None:
    """Pushed, done and pulled day after day, every task of a round is sent and done."""
    world = World(limit, {unit.unit_id: 1.0 for unit in UNITS})
    (one, *_) = ROUNDS
    for _ in range(-(-len(UNITS) // limit)):
        world.push(one)
        for person in PEOPLE * limit:
            world.label(person)
        world.pull()
        world.day += 1
    assert len(world.did) == len(one.tasks)
