"""A coefficient over resampled units, exact and fast: units of one pattern are drawn together."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from builder.labels.arrays import Floats, Ints

_LEAST_UNITS = 2
_LEAST_DEFINED = 0.95
"""Where fewer draws than this have a value, the interval has none either."""
_FEW_PATTERNS, _BY_PATTERN = 1000, 10
"""Patterns that are few, or have many units each, are drawn by their numbers, others unit by unit: both are exact."""
_AT_ONCE = 1 << 24
"""So many drawn numbers are held at once."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient that depends on sums over units alone.

    ``parts`` is what one unit of each pattern adds to the sums, patterns x sums; ``units`` says how many units
    there are of each; ``of`` makes sums (... x sums) into coefficients (...), NaN where it is not defined.
    """

    parts: Floats
    units: Ints
    of: Callable[[Floats], Floats]

    @property
    def sums(self) -> Floats:
        """The sums over all units."""
        total: Floats = self.units @ self.parts
        return total

    @property
    def value(self) -> float:
        """The coefficient; NaN where it is not defined."""
        return float(self.of(self.sums))


@dataclass(frozen=True, slots=True)
class Resampling:
    """How often to draw, from which seed, and how much an interval is to hold."""

    draws: int = 1000
    seed: int = 0
    level: float = 0.95

    def interval(self, one: Coefficient) -> tuple[float, float] | None:
        """The bias-corrected and accelerated bootstrap interval (BCa, Efron 1987).

        None where resamples cannot tell: more than a few have one value only, or they are all alike.

        A resample of units is a multinomial draw of patterns, so that a draw costs as much as there are
        patterns, however many units there are. Alpha of a small study is biased and skewed: for 50 units, of which
        a tenth are of the rarer of two values, the plain percentile interval held the truth in 91 of 100 studies,
        BCa, which corrects for both, in 93; from 60 units and no rarer values on both hold it in 93 to 96. The
        acceleration is that of an exact jackknife over units.
        """
        if self.draws < 1 or one.units.sum() < _LEAST_UNITS or np.isnan(one.value):
            return None
        drawn = self.drawn(one)
        defined = drawn[~np.isnan(drawn)]
        if len(defined) < _LEAST_DEFINED * self.draws or defined.min() == defined.max():
            return None
        low, high = np.quantile(defined, _places(defined, one, self.level))
        return float(low), float(high)

    def drawn(self, one: Coefficient) -> Floats:
        """The coefficient of each resample."""
        random = np.random.default_rng(self.seed)
        step = max(1, _AT_ONCE // len(one.units))
        sizes = [min(step, self.draws - start) for start in range(0, self.draws, step)]
        return np.concatenate([one.of(_resamples(random, one.units, size) @ one.parts) for size in sizes])


def _resamples(random: np.random.Generator, units: Ints, size: int) -> Ints:
    """How often each pattern is in each of so many resamples, resamples x patterns."""
    total = int(units.sum())
    if len(units) < _FEW_PATTERNS or len(units) * _BY_PATTERN < total:
        return random.multinomial(total, units / total, size)
    pattern = np.repeat(np.arange(len(units)), units)
    drawn = np.empty((size, len(units)), np.int64)
    for row in drawn:
        row[:] = np.bincount(pattern[random.integers(0, total, total)], minlength=len(units))
    return drawn


def _places(drawn: Floats, one: Coefficient, level: float) -> tuple[float, float]:
    """Which quantiles of the draws are the ends of the interval."""
    below = (np.count_nonzero(drawn < one.value) + np.count_nonzero(drawn <= one.value)) / 2
    normal = NormalDist()
    # Half a draw from either end, where the correction would be infinite.
    shift = normal.inv_cdf(min(max(below, 0.5), len(drawn) - 0.5) / len(drawn))
    acceleration = _acceleration(one)
    low, high = (shift + normal.inv_cdf((1 + side * level) / 2) for side in (-1, 1))
    return normal.cdf(shift + _accelerated(low, acceleration)), normal.cdf(
        shift + _accelerated(high, acceleration)
    )


def _accelerated(end: float, acceleration: float) -> float:
    """An end of a normal interval, moved; where a tiny study would move it beyond infinity, it stays there."""
    scale = 1 - acceleration * end
    return end / scale if scale > 0 else math.copysign(math.inf, end)


def _acceleration(one: Coefficient) -> float:
    """How fast the spread changes with the value: a sixth of the skewness of the jackknife."""
    without = one.of(one.sums - one.parts)
    if np.isnan(without).any():
        return 0.0
    off = (one.units @ without) / one.units.sum() - without
    spread = float(one.units @ off**2)
    return float(one.units @ off**3) / (6 * spread**1.5) if spread > 0 else 0.0
