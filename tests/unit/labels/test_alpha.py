"""Krippendorff's alpha against worked examples."""

import numpy as np
import pytest

from builder.labels.alpha import distance_alpha, interval_alpha, nominal_alpha, ordinal_alpha, text_alpha
from builder.labels.sets import masi_distance
from builder.labels.votes import Patterns, Votes, patterns
from tests.unit.labels.worked import KRIPPENDORFF, votes_of

NUMBERS = np.arange(1.0, 6.0)


def test_krippendorffs_own_example() -> None:
    """The values of Krippendorff (2011) for nominal, ordinal and interval data come out as printed there."""
    votes = votes_of(KRIPPENDORFF)
    assert nominal_alpha(patterns(votes)).value == pytest.approx(0.743, abs=5e-4)
    assert ordinal_alpha(patterns(votes)).value == pytest.approx(0.815, abs=5e-4)
    assert interval_alpha(votes, NUMBERS).value == pytest.approx(0.849, abs=5e-4)


def test_krippendorffs_example_without_missing_votes() -> None:
    """Two observers with binary data, example A of Krippendorff (2011): 0.095."""
    votes = votes_of("0 1 0 0 0 0 0 0 1 0\n1 1 1 0 0 1 0 0 0 0", "01")
    assert nominal_alpha(patterns(votes)).value == pytest.approx(0.095, abs=5e-4)


@pytest.mark.parametrize(
    "lines",
    ["1 2 3 1", "1 2 . .\n. . 3 1", "1 1 1\n1 1 .", "1 . .\n1 2 3"],
    ids=["one annotator", "no overlap", "one value only", "one value among what can be paired"],
)
def test_what_cannot_be_measured_is_not_a_number(lines: str) -> None:
    """Where no votes can be paired, or all that can are of one value, alpha is neither 1 nor 0."""
    votes = votes_of(lines)
    found = [nominal_alpha(patterns(votes)), ordinal_alpha(patterns(votes)), interval_alpha(votes, NUMBERS)]
    assert np.isnan([one.value for one in found]).all()


def test_no_votes_at_all() -> None:
    """Without votes alpha is not defined, on every scale."""
    nothing = np.zeros(0, np.int64)
    votes = Votes(nothing, nothing, nothing, (3, 2, 4))
    found = [
        nominal_alpha(patterns(votes)),
        ordinal_alpha(patterns(votes)),
        interval_alpha(votes, np.zeros(0)),
    ]
    assert np.isnan([one.value for one in found]).all()


def test_numbers_far_from_zero_keep_their_alpha() -> None:
    """Alpha of numbers does not depend on where zero is."""
    votes = votes_of(KRIPPENDORFF)
    assert interval_alpha(votes, NUMBERS + 1e9).value == pytest.approx(interval_alpha(votes, NUMBERS).value)


def test_sets_that_overlap_agree_in_part() -> None:
    """Alpha under MASI lies between those of all overlaps taken as equal and of all as different."""
    distance = masi_distance(np.array([[1, 0], [1, 1], [0, 1]], np.bool_))
    votes = patterns(votes_of("1 2 3 1 2\n2 2 3 1 3", "123"))
    alpha = distance_alpha(votes, distance).value
    lenient = distance_alpha(votes, (distance > 0.9).astype(np.float64)).value
    assert nominal_alpha(votes).value < alpha < lenient


def test_texts_are_drawn_whole() -> None:
    """Alpha over characters is that of all characters; what is resampled is two texts, not eleven characters."""
    stretches = Patterns(np.array([[2, 0], [0, 2], [1, 1], [1, 0]]), np.array([4, 3, 2, 9]))
    whole = text_alpha(stretches, np.array([0, 0, 1, 1]))
    assert whole.value == pytest.approx(nominal_alpha(stretches).value)
    assert whole.units.sum() == 2
