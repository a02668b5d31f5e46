"""MASI against the definition of Passonneau (2006)."""

import numpy as np
import pytest

from builder.labels.sets import masi_distance

SETS = np.array([[1, 1, 0, 0], [1, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]], np.bool_)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (0, 0, 0),
        (0, 1, 1 - 2 / 3 * 2 / 3),
        (0, 2, 1 - 1 / 3 * 1 / 3),
        (0, 3, 1),
        (4, 4, 0),
        (0, 4, 1),
    ],
    ids=["equal", "one holds the other", "overlap", "nothing in common", "both empty", "one empty"],
)
def test_distances_by_definition(one: int, other: int, expected: float) -> None:
    """The distance is 1 - J M, with M 1, 2/3, 1/3 or 0 as Passonneau (2006) defines it."""
    distance = masi_distance(SETS)
    assert distance[one, other] == pytest.approx(expected)
    assert distance[other, one] == distance[one, other]
