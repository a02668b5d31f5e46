"""Gold and repeated units among the tasks of an annotator."""

from dataclasses import replace

import pytest

from builder.annotate.planning.mixing import Known, gold_for, with_repeats
from builder.annotate.planning.rounds import as_json, from_json, planned, with_annotator
from builder.annotate.planning.sample import Candidate, Sample
from builder.annotate.planning.terms import Terms, Wishes
from builder.annotate.questionnaire.questions import LabelConfig
from builder.annotate.tasks import PlannedTask
from builder.core.errors import UsageError

CONFIG = LabelConfig("mood", "Mood", "comment", "<View/>", "0" * 64, (), ())
UNITS = [Candidate(f"c{number}", f"a{number % 5}", number, 0.5, {}) for number in range(40)]
GOLD = Known(tuple(UNITS[:8]))
TERMS = Terms("personal", 2, ("w1", "w2", "w3"), Sample(size=24), gold=3, repeat=2)


def test_gold_in_a_pool_is_shown_once() -> None:
    """A pool has as many gold units as were asked for, each once, and none of them as an ordinary unit."""
    one = planned("pilot", CONFIG, Terms("pool", 2, gold=3), UNITS, GOLD)
    assert (one.n_units, one.n_gold, one.n_repeats) == (32, 3, 0)
    assert len({task.unit_id for task in one.tasks}) == len(one.tasks) == 35


def test_repeats_in_a_pool_are_refused() -> None:
    """Nobody in a pool can be shown a unit again for sure, so that it is a wrong call."""
    with pytest.raises(UsageError, match="pool"):
        Wishes(repeat=2).terms("comment")


def test_too_much_gold_is_refused() -> None:
    """More gold than there is is a wrong call that says how much there is."""
    with pytest.raises(UsageError, match="there are 8"):
        planned("pilot", CONFIG, replace(TERMS, gold=9), UNITS, GOLD)


def test_too_many_repeats_are_refused() -> None:
    """More repeats than a list has room for are a wrong call."""
    with pytest.raises(UsageError, match="room for fewer"):
        with_repeats([PlannedTask("w1", f"c{number}", "a0") for number in range(6)], 4, 0, 0)


def test_gold_that_somebody_met_comes_last() -> None:
    """Units that an annotator met in an earlier round come last among the gold."""
    known = Known(GOLD.units, frozenset(("w1", unit.unit_id) for unit in GOLD.units[:6]))
    assert {unit.unit_id for unit in gold_for(known, "w1", 0, 2, 7)} == {"c6", "c7"}
    assert len(gold_for(known, "w1", 0, 3, 7)) == 3


def test_a_plan_is_read_as_it_was_written() -> None:
    """Which tasks are gold and which come again is in the plan, and nowhere lost."""
    one = planned("pilot", CONFIG, TERMS, UNITS, GOLD)
    tasks = [
        {name: getattr(task, name) for name in ("assignee", "unit_id", "article_id", "occurrence", "gold")}
        for task in one.tasks
    ]
    assert from_json(as_json(one), tasks) == one


def test_a_late_annotator_gets_gold_and_repeats_too() -> None:
    """Somebody who joins gets as many ordinary units as the others, and as many of the rest."""
    one = planned("pilot", CONFIG, TERMS, UNITS, GOLD)
    mine = with_annotator(one, "w4", UNITS, GOLD).keys("w4").values()
    assert sum(task.ordinary for task in mine) == 16
    assert (sum(task.gold for task in mine), sum(task.occurrence for task in mine)) == (3, 2)


def test_nobody_joins_an_adjudication() -> None:
    """A disagreement is settled once, so that another annotator would have nothing to do."""
    one = replace(planned("pilot", CONFIG, TERMS, UNITS, GOLD), adjudicates="main")
    with pytest.raises(UsageError, match="settles"):
        with_annotator(one, "w4", UNITS, GOLD)
