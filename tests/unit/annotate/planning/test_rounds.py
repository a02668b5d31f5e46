"""Planning a round, and what may change afterwards."""

from dataclasses import replace

import pytest

from builder.annotate.planning.rounds import differences, planned, with_annotator
from builder.annotate.planning.sample import Candidate, Sample
from builder.annotate.planning.terms import Terms, Wishes
from builder.annotate.questionnaire.questions import LabelConfig
from builder.core.errors import UsageError

CONFIG = LabelConfig("mood", "Mood", "comment", "<View/>", "0" * 64, (), ())
UNITS = [Candidate(f"c{number}", "a0", number, 0.5, {"source": "paper"}) for number in range(9)]


def test_a_pool_has_each_unit_once() -> None:
    """In a pool a unit is one task, however many are to answer it."""
    one = planned("pilot", CONFIG, Terms("pool", 3), UNITS)
    assert [task.assignee for task in one.tasks] == ["pool"] * 9


def test_named_annotators_get_projects_of_their_own() -> None:
    """Who names annotators and nothing else means personal projects."""
    assert Wishes(annotators=("w1", "w2")).terms("comment").assign == "personal"


def test_captures_are_chosen_by_doubt() -> None:
    """A review of captures begins where the parser is least sure, unless chance is asked for."""
    assert Wishes().terms("capture").sample.choose == "doubtful"
    assert Wishes(choose="random").terms("capture").sample.choose == "random"


def test_personal_projects_need_people() -> None:
    """Personal projects without annotators are a wrong call."""
    with pytest.raises(UsageError, match="--annotators"):
        Wishes(assign="personal").terms("comment")


def test_an_overlap_needs_enough_people() -> None:
    """Three answers a unit from two annotators are a wrong call."""
    with pytest.raises(UsageError, match="there are 2"):
        planned("pilot", CONFIG, Terms("personal", 3, ("w1", "w2")), UNITS)


def test_nothing_to_ask_about_is_said() -> None:
    """A round over no unit at all is a wrong call."""
    with pytest.raises(UsageError, match="no comment to label"):
        planned("pilot", CONFIG, Terms(), [])


def test_the_same_wishes_differ_in_nothing() -> None:
    """Asking again as the round was planned, or for less, is going on with it."""
    wishes = Wishes(sample=4, seed=3, annotators=("w1", "w2"), overlap=2)
    one = planned("pilot", CONFIG, wishes.terms("comment"), UNITS)
    assert not list(differences(one, wishes))
    assert not list(differences(one, Wishes(sample=4)))


def test_other_wishes_are_named() -> None:
    """What is asked otherwise than planned is told, each with what it was."""
    one = planned("pilot", CONFIG, Terms("personal", 2, ("w1", "w2"), Sample(size=4)), UNITS)
    said = " ".join(differences(one, Wishes(sample=5, overlap=1, annotators=("w1", "w3"))))
    assert "--sample was 4" in said
    assert "--overlap was 2" in said
    assert "add-annotator" in said


def test_nobody_joins_twice() -> None:
    """An annotator of the round cannot be added to it, and nobody to a closed one."""
    one = planned("pilot", CONFIG, Terms("personal", 1, ("w1",)), UNITS)
    with pytest.raises(UsageError, match="already"):
        with_annotator(one, "w1", UNITS)
    with pytest.raises(UsageError, match="closed"):
        with_annotator(replace(one, closed=True), "w2", UNITS)


def test_a_pool_grows_without_tasks() -> None:
    """Another annotator of a pool gets no tasks of their own."""
    one = planned("pilot", CONFIG, Terms("pool", 2, ("w1",)), UNITS)
    assert with_annotator(one, "w2", UNITS).tasks == one.tasks
