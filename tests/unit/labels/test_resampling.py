"""Bootstrap intervals: exact, repeatable, missing where they would mislead."""

import numpy as np
import pytest

from builder.labels.alpha import nominal_alpha, ordinal_alpha
from builder.labels.resampling import Coefficient, Resampling
from builder.labels.votes import patterns
from tests.unit.labels.simulated import right_with, study
from tests.unit.labels.worked import KRIPPENDORFF, votes_of

CASUAL = [right_with(0.8, 3)] * 3


def test_drawing_patterns_is_drawing_units() -> None:
    """Drawn by patterns, alpha spreads as it does when units are drawn one by one."""
    votes = study(CASUAL, 100, 1).votes
    drawn = Resampling(2000).drawn(nominal_alpha(patterns(votes)))
    counts = votes.counts()
    random = np.random.default_rng(5)
    apart = (3**2 - (counts**2).sum(axis=1)) / 2
    parts = np.column_stack([apart, counts])
    sums = np.stack([parts[random.integers(0, 100, 100)].sum(axis=0) for _ in range(2000)])
    one_by_one = nominal_alpha(patterns(votes)).of(sums)
    assert np.mean(drawn) == pytest.approx(np.mean(one_by_one), abs=0.01)
    assert np.std(drawn) == pytest.approx(np.std(one_by_one), rel=0.1)


@pytest.mark.parametrize("of", [nominal_alpha, ordinal_alpha])
def test_an_interval_holds_its_value_and_can_be_repeated(of: object) -> None:
    """The interval holds the value, is wider at a higher level, and is the same for the same seed."""
    alpha = of(patterns(study(CASUAL, 150, 2).votes))
    low, high = Resampling().interval(alpha)
    lower, higher = Resampling(level=0.99).interval(alpha)
    assert lower < low < alpha.value < high < higher
    assert Resampling().interval(alpha) == (low, high)
    assert Resampling(seed=1).interval(alpha) != (low, high)


def test_memory_is_bounded_and_changes_nothing_but_the_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn in pieces there are as many draws."""
    monkeypatch.setattr("builder.labels.resampling._AT_ONCE", 40)
    assert len(Resampling(100).drawn(nominal_alpha(patterns(votes_of(KRIPPENDORFF))))) == 100


@pytest.mark.parametrize(
    ("lines", "draws"),
    [
        ("1 2 1 2\n1 2 1 2", 100),
        ("1 2 1 1\n1 1 1 1", 100),
        ("1 1\n1 1", 100),
        ("1 2 1\n1 1 2", 0),
        ("1\n2", 100),
    ],
    ids=["all agree", "one differs", "one value", "no draws", "one unit"],
)
def test_no_interval_is_better_than_a_wrong_one(lines: str, draws: int) -> None:
    """Where resamples are all alike, or many have no alpha, there is no interval."""
    assert Resampling(draws).interval(nominal_alpha(patterns(votes_of(lines)))) is None


def test_the_median_of_a_mean_needs_no_correction() -> None:
    """For a symmetric mean the interval is that of the normal distribution."""
    units = np.array([500, 500])
    mean = Coefficient(np.array([[0.0, 1.0], [1.0, 1.0]]), units, lambda sums: sums[..., 0] / sums[..., 1])
    low, high = Resampling(20_000).interval(mean)
    assert (low, high) == (pytest.approx(0.469, abs=0.003), pytest.approx(0.531, abs=0.003))


def test_both_ways_to_draw_spread_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn unit by unit, as where patterns are many, alpha spreads as it does when drawn by patterns."""
    alpha = nominal_alpha(patterns(study(CASUAL, 150, 3).votes))
    by_pattern = Resampling(3000).drawn(alpha)
    monkeypatch.setattr("builder.labels.resampling._FEW_PATTERNS", 0)
    monkeypatch.setattr("builder.labels.resampling._BY_PATTERN", 1000)
    by_unit = Resampling(3000).drawn(alpha)
    assert np.mean(by_unit) == pytest.approx(np.mean(by_pattern), abs=0.005)
    assert np.quantile(by_unit, [0.025, 0.975]) == pytest.approx(
        np.quantile(by_pattern, [0.025, 0.975]), abs=0.02
    )
