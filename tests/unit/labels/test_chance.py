"""Raw agreement and Gwet's coefficients against worked examples."""

import math

import numpy as np
import pytest

from builder.labels.chance import gwet, raw_agreement, raw_of_votes, steps
from builder.labels.votes import Patterns, patterns
from tests.unit.labels.simulated import right_with, study
from tests.unit.labels.worked import KRIPPENDORFF, votes_of


def test_gwets_own_example() -> None:
    """Gwet (2014): four raters, twelve units, five values: agreement 0.81818, AC1 0.77544."""
    seen = patterns(votes_of(KRIPPENDORFF))
    assert raw_agreement(seen) == pytest.approx(0.81818, abs=5e-6)
    assert gwet(seen) == pytest.approx(0.77544, abs=5e-6)


def test_both_ways_to_count_agree() -> None:
    """Raw agreement is the same from patterns and from votes."""
    votes = votes_of(KRIPPENDORFF)
    assert raw_of_votes(votes) == pytest.approx(raw_agreement(patterns(votes)))


def test_many_patterns_are_counted_as_few_are() -> None:
    """Patterns are multiplied some thousands at a time, and narrow counts come to what wide ones do."""
    counts = np.random.default_rng(5).integers(0, 4, (150_000, 3))
    weights = steps(3)
    expected = (counts * (counts @ weights - 1)).sum(axis=1)
    narrow = Patterns(counts.astype(np.int32), np.ones(len(counts), np.int64))
    np.testing.assert_array_equal(narrow.pairs(weights, own=1), expected)


def test_prevalence_moves_alpha_and_not_ac1() -> None:
    """Annotators who are right in 95 of 100 cases agree in 90.5, and AC1 stays high where one value is rare."""
    expert = right_with(0.95, 2)
    for rare, expected in ((0.5, 0.81), (0.1, 0.88), (0.02, 0.89)):
        seen = patterns(study([expert, expert], 200_000, 1, prior=(1 - rare, rare)).votes)
        assert raw_agreement(seen) == pytest.approx(0.905, abs=0.005)
        assert gwet(seen) == pytest.approx(expected, abs=0.01)


def test_steps_of_a_scale() -> None:
    """Linear weights fall by the same part with each step, to nothing between the ends."""
    assert steps(3).tolist() == [[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]]
    assert steps(1).tolist() == [[1]]


def test_neighbours_agree_in_part() -> None:
    """AC2 is above AC1 where annotators differ by one step, and below where they differ by the whole scale."""
    near, far = patterns(votes_of("1 2 3 4\n2 2 3 3", "1234")), patterns(votes_of("1 2 3 4\n4 2 3 1", "1234"))
    assert gwet(near, steps(4)) > gwet(near)
    assert gwet(far, steps(4)) < gwet(far)


@pytest.mark.parametrize("lines", ["1 2 3 1", "1 2 . .\n. . 3 1", "1 1 1\n1 1 ."])
def test_what_cannot_be_measured_is_not_a_number(lines: str) -> None:
    """One annotator, no overlap or one value only: AC1 is not defined, though its formula may give 1."""
    assert math.isnan(gwet(patterns(votes_of(lines))))


def test_raw_agreement_needs_two_votes() -> None:
    """Raw agreement is not defined without overlap, and 1 where all are of one value."""
    assert math.isnan(raw_agreement(patterns(votes_of("1 .\n. 1"))))
    assert raw_agreement(patterns(votes_of("1 1\n1 1"))) == 1
    assert np.isnan(raw_of_votes(votes_of("1 .\n. 1")))
