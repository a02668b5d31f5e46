"""Raw agreement, and Gwet's coefficients, which expect little agreement by chance where one value prevails.

Formulas: Gwet (2008), Computing inter-rater reliability and its variance in the presence of high agreement,
and Gwet (2014), Handbook of Inter-Rater Reliability, for missing votes and weights.
"""

import numpy as np

from builder.labels.arrays import Floats
from builder.labels.votes import Patterns, Votes, shares_of


def equality(values: int) -> Floats:
    """Weights under which only equal values agree."""
    return np.eye(values)


def steps(values: int) -> Floats:
    """Linear weights: each step of the scale takes the same part of the agreement away."""
    place = np.arange(values)
    weights: Floats = 1 - np.abs(place[:, None] - place) / max(1, values - 1)
    return weights


def raw_agreement(patterns: Patterns, weights: Floats | None = None) -> float:
    """The share of pairs of votes that agree, a mean over units with two votes or more; NaN without any."""
    some = patterns.pairable()
    if not some.units.size:
        return float("nan")
    size = some.sizes
    weights = equality(some.counts.shape[1]) if weights is None else weights
    agreed = some.pairs(weights, own=1) / (size * (size - 1))
    return float(some.units @ agreed / some.units.sum())


def raw_of_votes(votes: Votes) -> float:
    """As ``raw_agreement``, for values too many to be counted in a matrix."""
    units, _, values = votes.shape
    size = np.bincount(votes.unit, minlength=units)
    cells, times = np.unique(votes.unit * values + votes.value, return_counts=True)
    agreed = np.bincount(cells // max(1, values), times * (times - 1), units)
    some = size > 1
    return float((agreed[some] / (size * (size - 1))[some]).mean()) if some.any() else float("nan")


def gwet(patterns: Patterns, weights: Floats | None = None) -> float:
    """Gwet's AC1, or with weights his AC2; NaN where votes cannot be paired or are all of one value.

    Chance agreement counts every value of the question, also one that nobody chose. Where all votes are of
    one value the formula gives 1; but nothing shows then that the annotators can tell values apart.
    """
    values = patterns.counts.shape[1]
    observed = raw_agreement(patterns, weights)
    used = np.count_nonzero(patterns.pairable().counts.any(axis=0))
    if np.isnan(observed) or values < 2 or used < 2:
        return float("nan")
    weights = equality(values) if weights is None else weights
    shares = patterns.units @ shares_of(patterns.counts) / patterns.units.sum()
    expected = weights.sum() / (values * (values - 1)) * (shares * (1 - shares)).sum()
    return float((observed - expected) / (1 - expected))
