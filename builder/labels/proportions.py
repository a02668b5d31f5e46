"""Shares and how sure they are: Wilson's interval for one, Newcombe's for the difference of two."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of ``n`` with its 95 % interval; all None where there is nothing to take a share of."""

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One share less another, with its 95 % interval."""

    value: float
    low: float
    high: float


def share(total: float, n: int) -> Share:
    """``total`` of ``n`` with the interval of Wilson (1927), which holds for few cases and near 0 and 1 too.

    ``total`` may be a sum of fractions, one of each of n units: their spread is at most that of yes and no,
    so the interval is then wider than it need be, never too narrow for that reason.
    """
    if n == 0:
        return Share(0)
    value = total / n
    middle = value + _Z**2 / (2 * n)
    width = _Z * sqrt(max(0.0, value * (1 - value)) / n + _Z**2 / (4 * n**2))
    scale = 1 + _Z**2 / n
    low = 0.0 if total <= 0 else max(0.0, (middle - width) / scale)
    high = 1.0 if total >= n else min(1.0, (middle + width) / scale)
    return Share(n, value, low, high)


def difference(one: Share, other: Share) -> Difference | None:
    """One share less another with the hybrid score interval of Newcombe (1998); None where either is nothing."""
    if one.value is None or other.value is None:
        return None
    a, a_low, a_high = _bounds(one)
    b, b_low, b_high = _bounds(other)
    return Difference(a - b, a - b - _hypot(a - a_low, b_high - b), a - b + _hypot(a_high - a, b - b_low))


def _bounds(one: Share) -> tuple[float, float, float]:
    return one.value or 0.0, one.low or 0.0, one.high or 0.0


def _hypot(one: float, other: float) -> float:
    return sqrt(one**2 + other**2)
