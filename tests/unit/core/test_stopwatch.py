"""The stopwatch: what is spent on each stage, for whoever asked."""

import time

import pytest

from builder.core.stopwatch import Spent, stage, timing, together


def test_stages_are_counted_where_somebody_is_timing() -> None:
    """Each stage has its seconds, summed over all times that it came."""
    with timing() as spent:
        for _ in range(2):
            with stage("rest"):
                time.sleep(0.01)
    assert list(spent) == ["rest"]
    assert spent["rest"].times == 2
    assert spent["rest"].wall >= 0.02 > spent["rest"].cpu


def test_nobody_timing_nothing_counted() -> None:
    """Where nobody asked, and after whoever asked has gone, a stage is only what is done in it."""
    with timing() as spent:
        pass
    with stage("work"):
        done = 1
    assert (done, spent) == (1, {})


def test_timing_within_timing_is_its_own() -> None:
    """Who times a part of what somebody else times takes nothing from him but what is inside."""
    with timing() as outer, stage("all"), timing() as inner, stage("part"):
        pass
    assert (list(outer), list(inner)) == (["all"], ["part"])


def test_a_failing_stage_is_counted() -> None:
    """A stage that ends with an error took its time all the same."""
    with timing() as spent, pytest.raises(ZeroDivisionError), stage("broken"):
        _ = 1 / 0
    assert spent["broken"].times == 1


def test_times_add_up() -> None:
    """The times of several processes are summed stage by stage."""
    one, other = {"read": Spent(1.0, 0.5)}, {"read": Spent(2.0, 1.0, 3), "parse": Spent(4.0, 4.0)}
    assert together(one, other) == {"read": Spent(3.0, 1.5, 4), "parse": Spent(4.0, 4.0)}
