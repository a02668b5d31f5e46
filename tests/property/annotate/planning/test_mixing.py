"""Whatever is mixed among the tasks of a round, the ordinary units stay as they would be without it."""

from collections import Counter
from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from builder.annotate.planning.mixing import Known
from builder.annotate.planning.rounds import Round, planned
from builder.annotate.planning.sample import Candidate, Sample
from builder.annotate.planning.terms import Terms
from builder.annotate.questionnaire.questions import LabelConfig
from builder.core.errors import UsageError

CONFIG = LabelConfig("mood", "Mood", "comment", "<View/>", "0" * 64, (), ())


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    """A personal round with gold and repeats."""
    units = [
        Candidate(f"c{number}", f"a{number % 7}", number, 0.5, {})
        for number in range(draw(st.integers(10, 60)))
    ]
    people = tuple(f"w{number}" for number in range(draw(st.integers(1, 4))))
    gold = draw(st.integers(0, 5))
    terms = Terms(
        "personal",
        draw(st.integers(1, len(people))),
        people,
        Sample(seed=draw(st.integers(0, 99))),
        gold,
        draw(st.integers(0, 6)),
    )
    try:
        return planned("pilot", CONFIG, terms, units, Known(tuple(units[:5])))
    except UsageError:
        assume(False)
        raise


@given(rounds())
def test_double_coding_stays_exact(one: Round) -> None:
    """Each ordinary unit is with exactly as many annotators as were asked for, each pair sharing as much as it can."""
    ordinary = [task for task in one.tasks if task.ordinary]
    assert set(Counter(task.unit_id for task in ordinary).values()) == {one.terms.overlap}
    own = [{task.unit_id for task in ordinary if task.assignee == each} for each in one.assignees]
    assert max(map(len, own)) - min(map(len, own)) <= 1
    shared = [len(mine & other) for mine, other in combinations(own, 2)]
    assert not shared or one.terms.overlap > 2 or max(shared) - min(shared) <= 3


@given(rounds())
def test_each_annotator_gets_as_much_gold_and_as_many_repeats(one: Round) -> None:
    """Everybody has exactly the gold and the repeats that were asked for, under keys of their own."""
    for each in one.assignees:
        mine = one.keys(each)
        assert len(mine) == sum(task.assignee == each for task in one.tasks)
        assert sum(task.gold for task in mine.values()) == one.terms.gold
        assert sum(task.occurrence == 1 for task in mine.values()) == one.terms.repeat
        gold = {task.unit_id for task in mine.values() if task.gold}
        assert not gold & {task.unit_id for task in mine.values() if not task.gold}


@given(rounds())
def test_a_unit_comes_again_far_from_its_first_showing(one: Round) -> None:
    """At least a third of an annotator's list lies between the two showings of a unit."""
    for each in one.assignees:
        order = list(one.keys(each).values())
        for at, task in enumerate(order):
            if task.occurrence:
                first = next(n for n, other in enumerate(order) if other.unit_id == task.unit_id)
                assert 3 * (at - first - 1) >= len(order)
