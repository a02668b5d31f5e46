"""Whoever works with a flaw is warned of, with the evidence; whoever works well is not."""

import pytest

from tests.unit.labels.people import Person, Study, study

GOOD = Person()


@pytest.mark.parametrize(
    ("kind", "flawed", "repeats"),
    [
        ("fast", Person(seconds=3), 0),
        ("disagrees", Person(right=0.5), 0),
        ("gold", Person(right=0.5), 0),
        ("inconsistent", Person(right=0.6, again=0.1), 40),
        ("drift", Person(right=0.9, right_at_last=0.4), 0),
        ("straight-lining", Person(stops=30), 0),
        ("monotone", Person(only_civil=0.92), 0),
        ("skips", Person(skips=0.4), 0),
        ("whole-text spans", Person(whole=0.6), 0),
    ],
)
def test_a_flaw_is_found(kind: str, flawed: Person, repeats: int) -> None:
    """Among four annotators the one with a flaw is warned of, and none of the others for it."""
    warned = study([GOOD, GOOD, flawed, GOOD], repeats=repeats).warnings(gold=60)
    assert [kind in one for one in warned] == [False, False, True, False]
    assert any(character.isdigit() for character in warned[2][kind].evidence)


def test_good_work_gives_rise_to_few_warnings() -> None:
    """In thirty studies of three equally good annotators not one in twenty is warned of."""
    studies = (study([GOOD] * 3, seed=seed, repeats=30) for seed in range(30))
    warned = [(seed, kinds) for seed, one in enumerate(studies) for kinds in one.warnings(gold=60) if kinds]
    assert len(warned) <= 4, warned


def test_few_cases_give_rise_to_none() -> None:
    """Of fewer than twenty answers nothing is claimed, however they look."""
    awful = Person(right=0.1, seconds=0.5, skips=0.0, whole=1.0, again=0.0)
    warned = study([GOOD, GOOD, awful], units=15, repeats=4).warnings(gold=15)
    assert warned == [{}, {}, {}]


def test_the_units_of_a_warning_are_its_evidence() -> None:
    """The units to look at are those that were answered too fast, or in the run, or unlike the others."""
    lined = study([GOOD, GOOD, Person(stops=30, length=50)])
    found = lined.warnings()[2]["straight-lining"]
    (run,) = [one.run for one in lined.figures() if one.run and one.run.length >= 50]
    assert found.units == run.units[:10]
    assert f"{run.length} equal answers" in found.evidence


def test_a_day_of_hard_content_is_told() -> None:
    """More severe units on a day than the limit are told with the day and the number."""
    warned: Study = study([GOOD, GOOD, GOOD], units=700)
    kinds = [set(one) for one in warned.warnings()]
    assert all("exposure" in one for one in kinds)
    assert "severe units on 1970-01-01" in warned.warnings()[0]["exposure"].evidence
