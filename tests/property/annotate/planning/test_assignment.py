"""However many units and annotators there are, work is handed out evenly and every key is one task's."""

from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from builder.annotate.planning.assignment import Assigned, assigned
from builder.annotate.planning.mixing import Known
from builder.annotate.planning.rounds import Round, Terms, as_json, from_json, planned, with_annotator
from builder.annotate.planning.sample import Candidate, Sample
from builder.annotate.questionnaire.questions import LabelConfig

CONFIG = LabelConfig("mood", "Mood", "comment", "<View/>", "0" * 64, (), ())


def units(count: int) -> list[Candidate]:
    """So many units on articles of seven."""
    return [Candidate(f"c{n}", f"a{n // 7}", n % 7, 0.5, {"source": "paper"}) for n in range(count)]


def team(size: int) -> tuple[str, ...]:
    """So many annotators."""
    return tuple(f"w{number}" for number in range(size))


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    """A round of personal projects."""
    size = draw(st.integers(1, 7))
    overlap = draw(st.integers(1, size))
    terms = Terms("personal", overlap, team(size), Sample(seed=draw(st.integers(0, 99))))
    return planned("pilot", CONFIG, terms, units(draw(st.integers(1, 60))))


@given(count=st.integers(0, 80), size=st.integers(1, 8), data=st.data())
def test_work_is_even(count: int, size: int, data: st.DataObject) -> None:
    """Every unit goes to as many annotators as asked, and nobody gets more than one unit more than another."""
    overlap = data.draw(st.integers(1, size))
    given_out = assigned(units(count), team(size), overlap, 7)
    by_unit = Counter(one.unit_id for theirs in given_out.values() for one in theirs)
    assert set(by_unit.values()) <= {overlap}
    assert len(by_unit) == count
    loads = [len(theirs) for theirs in given_out.values()]
    assert max(loads) - min(loads) <= 1


@given(size=st.integers(2, 6))
def test_pairs_are_even(size: int) -> None:
    """Coded by two, each pair of annotators shares as many units as another, give or take two."""
    given_out = assigned(units(60), team(size), 2, 7)
    sets = {one: {unit.unit_id for unit in theirs} for one, theirs in given_out.items()}
    shared = [len(sets[one] & sets[other]) for one, other in combinations(sets, 2)]
    assert max(shared) - min(shared) <= 2


@st.composite
def meetings(draw: st.DrawFn) -> tuple[int, int, int, set[tuple[str, str]]]:
    """A size of a round, of a team, an overlap, and who met which unit before."""
    count, size = draw(st.integers(1, 7)), draw(st.integers(1, 4))
    pairs = st.tuples(st.sampled_from(team(size)), st.sampled_from([one.unit_id for one in units(count)]))
    return count, size, draw(st.integers(1, size)), draw(st.sets(pairs))


def meets(given_out: Assigned, met: set[tuple[str, str]]) -> int:
    """How often somebody gets a unit that they met."""
    return sum((one, unit.unit_id) in met for one, theirs in given_out.items() for unit in theirs)


@given(meetings())
def test_as_few_as_possible_meet_a_unit_again(drawn: tuple[int, int, int, set[tuple[str, str]]]) -> None:
    """Loads stay what they are without earlier rounds, and no other way of sharing out meets them with fewer again."""
    count, size, overlap, met = drawn
    given_out = assigned(units(count), team(size), overlap, 7, met)
    plain = assigned(units(count), team(size), overlap, 7)
    loads = {one: len(theirs) for one, theirs in plain.items()}
    assert {one: len(theirs) for one, theirs in given_out.items()} == loads
    assert set(Counter(one.unit_id for theirs in given_out.values() for one in theirs).values()) == {overlap}
    assert meets(given_out, met) == fewest(count, overlap, tuple(loads.values()), frozenset(met))


def fewest(count: int, overlap: int, room: tuple[int, ...], met: frozenset[tuple[str, str]]) -> int:
    """The fewest meetings there can be, found by looking at every way to share units out."""
    best = {room: 0}
    for number in range(count):
        more: dict[tuple[int, ...], int] = {}
        for left, cost in best.items():
            for chosen in combinations(range(len(room)), overlap):
                after = tuple(free - (place in chosen) for place, free in enumerate(left))
                if min(after) >= 0:
                    price = cost + sum((f"w{place}", f"c{number}") in met for place in chosen)
                    more[after] = min(price, more.get(after, price))
        best = more
    return min(best.values())


def test_another_round_goes_to_who_did_not_read_it() -> None:
    """Two of three read each comment; in the next round each goes to the third, with the same seed or another."""
    first = planned("pilot", CONFIG, Terms("personal", 2, team(3), Sample(seed=7)), units(24))
    known = Known(met=frozenset((task.assignee, task.unit_id) for task in first.tasks))
    for seed in (7, 8):
        more = planned("more", CONFIG, Terms("personal", 1, team(3), Sample(seed=seed)), units(24), known)
        assert not known.met & {(task.assignee, task.unit_id) for task in more.tasks}


def test_a_late_annotator_begins_with_what_is_new_to_them() -> None:
    """Who joins a round gets units first that they did not meet in an earlier one."""
    one = planned("pilot", CONFIG, Terms("personal", 1, team(2)), units(20))
    known = Known(met=frozenset(("late", f"c{number}") for number in range(10)))
    theirs = {task.unit_id for task in with_annotator(one, "late", units(20), known).keys("late").values()}
    assert theirs == {f"c{number}" for number in range(10, 20)}


@given(rounds())
def test_a_thread_is_read_in_its_order(one: Round) -> None:
    """An annotator meets the units of an article one after the other, in their order."""
    for annotator in one.assignees:
        articles = [task.article_id for task in one.tasks if task.assignee == annotator]
        assert len({*articles}) == sum(a != b for a, b in zip(articles, [None, *articles], strict=False))
        numbers = [int(task.unit_id[1:]) for task in one.tasks if task.assignee == annotator]
        places = dict.fromkeys(articles, -1)
        for article, number in zip(articles, numbers, strict=True):
            assert number > places[article]
            places[article] = number


@given(rounds())
def test_a_key_is_one_tasks(one: Round) -> None:
    """No two tasks of a round share a key."""
    assert len({one.key(task) for task in one.tasks}) == len(one.tasks)


@given(rounds())
def test_a_round_is_read_as_it_was_written(one: Round) -> None:
    """A round survives its own file."""
    import json
    from dataclasses import asdict

    tasks = json.loads(json.dumps([asdict(task) for task in one.tasks]))
    assert from_json(json.loads(json.dumps(as_json(one))), tasks) == one


@given(rounds())
def test_a_late_annotator_gets_an_equal_share(one: Round) -> None:
    """Who comes later gets what the others have, no unit twice, and takes nothing from anybody."""
    wide = with_annotator(one, "late", units(60))
    theirs = [task.unit_id for task in wide.tasks if task.assignee == "late"]
    most = max(len(one.keys(each)) for each in one.assignees)
    assert len(theirs) == len(set(theirs)) == min(most, one.n_units)
    assert wide.tasks[: len(one.tasks)] == one.tasks
