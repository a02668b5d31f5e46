"""What is on somebody, and what a push may add to it."""

from dataclasses import replace

from builder.annotate.planning.handout import Load, Saved, Seen, handout
from builder.annotate.planning.rounds import planned
from builder.annotate.planning.sample import Candidate
from builder.annotate.planning.terms import Terms
from builder.annotate.questionnaire.questions import LabelConfig

CONFIG = LabelConfig("mood", "Mood", "comment", "<View/>", "0" * 64, (), ())
UNITS = [Candidate(f"c{number}", "a0", number, 0.5, {}) for number in range(6)]
ROUND = planned("pilot", CONFIG, Terms("personal", 1, ("w1",)), UNITS)
KEYS = tuple(ROUND.keys("w1"))


def heavy_last(unit: str, _assignee: str) -> float:
    """The unit with the number 5 weighs 3, all others 1."""
    return 3.0 if unit == "c5" else 1.0


def test_open_and_done_today_are_on_somebody() -> None:
    """What is sent and not done, and what was done today, weighs; what was done before today does not."""
    saved = {KEYS[0]: Saved("2031-04-04", 1), KEYS[1]: Saved("2031-04-05", 1)}
    limits = handout(4, heavy_last, [ROUND], Seen(KEYS[:4], saved, "2031-04-05"))
    assert limits.load(ROUND, "w1") == Load(open=2, today=1, weight=3.0)
    assert limits.released(ROUND, "w1", KEYS[4:]) == KEYS[4:5]


def test_what_does_not_fit_waits_with_all_behind_it() -> None:
    """A heavy unit that does not fit is not passed over: the order of showing stays."""
    first = replace(ROUND, tasks=tuple(reversed(ROUND.tasks)))
    keys = tuple(first.keys("w1"))
    assert handout(2, heavy_last, [first], Seen((), {}, "2031-04-05")).released(first, "w1", keys) == ()
    assert len(handout(4, heavy_last, [first], Seen((), {}, "2031-04-05")).released(first, "w1", keys)) == 2


def test_a_closed_round_is_on_nobody() -> None:
    """Open tasks of a closed round weigh nothing; what was done of it today does."""
    closed = replace(ROUND, name="old", closed=True)
    keys = tuple(closed.keys("w1"))
    seen = Seen(keys, {keys[0]: Saved("2031-04-05", 1)}, "2031-04-05")
    assert handout(4, heavy_last, [closed, ROUND], seen).load(ROUND, "w1") == Load(
        open=0, today=1, weight=1.0
    )


def test_a_pool_is_on_all_who_are_named_for_it() -> None:
    """A task of a pool is open until as many answered it as were asked for, and on everybody named till then."""
    pool = planned("pool", CONFIG, Terms("pool", 2, ("w1", "w2")), UNITS)
    keys = tuple(pool.keys("pool"))
    saved = {keys[0]: Saved("2031-04-04", 1), keys[1]: Saved("2031-04-04", 2)}
    limits = handout(9, heavy_last, [pool, ROUND], Seen({*keys[:3], *KEYS[:2]}, saved, "2031-04-05"))
    assert (limits.load(ROUND, "w1").open, limits.loads["w2"].open) == (4, 2)
    assert limits.load(pool, "pool").open == 4
