"""Intervals of shares are those of the literature."""

import pytest

from builder.labels.proportions import Share, difference, share


def test_the_interval_of_a_share() -> None:
    """81 of 263 has the score interval that Newcombe (1998) prints: .2553 to .3662."""
    found = share(81, 263)
    assert (found.low, found.high) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))


def test_the_interval_of_a_difference() -> None:
    """56 of 70 less 48 of 80 has the interval of method 10 of Newcombe (1998): .0524 to .3339."""
    found = difference(share(56, 70), share(48, 80))
    assert found
    assert (found.value, found.low, found.high) == (
        pytest.approx(0.2),
        pytest.approx(0.0524, abs=5e-5),
        pytest.approx(0.3339, abs=5e-5),
    )


def test_ends_stay_within_bounds() -> None:
    """All or nothing of few has an interval that ends at 1 or 0 and is not a point."""
    all_of, none_of = share(5, 5), share(0, 5)
    assert all_of.high == 1.0
    assert all_of.low is not None
    assert all_of.low < 0.6
    assert none_of.low == 0.0
    assert none_of.high == pytest.approx(1 - all_of.low)


def test_a_share_of_nothing_is_nothing() -> None:
    """Of no cases there is no share, and from nothing no difference."""
    assert share(0, 0) == Share(0)
    assert difference(share(0, 0), share(1, 2)) is None
