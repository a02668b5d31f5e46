"""The floors of the parser's scores only rise."""

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from builder.learn.evaluate import Scores
from builder.learn.threads import GAPPED

FLOORS = Path(__file__).with_name("floors.json")
FIRST = {
    "seedlike": {"f1": 0.945, "author": 0.99},
    "seedlinks": {"f1": 0.88, "precision": 0.85, "split": 0.60, "author": 0.99},
}


@pytest.fixture
def floors() -> Mapping[str, Mapping[str, float]]:
    """The floors that scoring is held to."""
    return json.loads(FLOORS.read_bytes())


@pytest.mark.parametrize(
    ("rendering", "name"), [(rendering, name) for rendering, first in FIRST.items() for name in first]
)
def test_no_floor_lies_below_the_first(
    floors: Mapping[str, Mapping[str, float]], rendering: str, name: str
) -> None:
    """Every floor that was ever laid is still there, and no lower."""
    assert floors[rendering][name] >= FIRST[rendering][name]


def test_floors_are_of_scores(floors: Mapping[str, Mapping[str, float]]) -> None:
    """A floor is of a rendering and a score that scoring knows, and can be reached and missed."""
    assert set(floors) <= set(GAPPED)
    known = {field.name for field in fields(Scores)} - {"rendering", "pages", "comments"}
    for limits in floors.values():
        assert set(limits) <= known
        assert all(0 < floor < 1 for floor in limits.values())
