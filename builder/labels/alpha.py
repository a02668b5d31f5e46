"""Krippendorff's alpha for every scale, as a coefficient that can be resampled.

Alpha is 1 - observed / expected disagreement over pairable votes: those of units with two votes or more
(Krippendorff 2011, Computing Krippendorff's Alpha-Reliability). A unit with m votes counts each of its ordered
pairs 1 / (m - 1) times. It is not defined, NaN, where no votes can be paired or all that can are of one value.
"""

from collections.abc import Callable

import numpy as np

from builder.labels.arrays import Floats, Ints, dense
from builder.labels.resampling import Coefficient
from builder.labels.votes import Patterns, Votes


def nominal_alpha(patterns: Patterns) -> Coefficient:
    """Alpha of values that are equal or different."""
    return distance_alpha(patterns, 1.0 - np.eye(patterns.counts.shape[1]))


def distance_alpha(patterns: Patterns, distance: Floats) -> Coefficient:
    """Alpha under any distance between values, values x values, zero on the diagonal."""
    some = patterns.pairable()
    apart = some.pairs(distance) / (some.sizes - 1)
    return Coefficient(np.column_stack([apart, some.counts]), some.units, _of_sums(distance))


def _of_sums(distance: Floats) -> Callable[[Floats], Floats]:
    """Alpha from what is apart, and the votes for each value."""

    def of(sums: Floats) -> Floats:
        observed, totals = sums[..., 0], sums[..., 1:]
        return _alpha(observed, ((totals @ distance) * totals).sum(axis=-1), totals.sum(axis=-1))

    return of


def ordinal_alpha(patterns: Patterns) -> Coefficient:
    """Alpha of values in an order: two are as far apart as the votes between them are many.

    Krippendorff's ordinal distance is the squared difference of mid-ranks among all pairable votes, so it
    is another one in each resample.
    """
    some = patterns.pairable()
    counts = some.counts.astype(np.float64)
    low, high = np.triu_indices(counts.shape[1], 1)
    pairs = 2 * counts[:, low] * counts[:, high] / (some.sizes - 1)[:, None]

    def of(sums: Floats) -> Floats:
        together, totals = sums[..., : len(low)], sums[..., len(low) :]
        ranks = np.cumsum(totals, axis=-1) - totals / 2
        observed = (together * (ranks[..., low] - ranks[..., high]) ** 2).sum(axis=-1)
        return _alpha(observed, *_spread(totals, ranks))

    return Coefficient(np.column_stack([pairs, counts]), some.units, of)


def interval_alpha(votes: Votes, numbers: Floats) -> Coefficient:
    """Alpha of numbers whose differences mean something; ``numbers`` has the number of each value."""
    number = (numbers - numbers.mean() if len(numbers) else numbers)[votes.value]
    units = votes.shape[0]
    size, first, second = (np.bincount(votes.unit, number**power, units) for power in (0, 1, 2))
    kept = size > 1
    size, first, second = size[kept], first[kept], second[kept]
    apart = 2 * (size * second - first**2) / (size - 1)
    rows, times = _different(np.column_stack([apart, size, first, second]))

    def of(sums: Floats) -> Floats:
        observed, total, first, second = (sums[..., each] for each in range(4))
        expected = 2 * (total * second - first**2)
        # What rounding leaves of equal numbers is no spread.
        expected = np.where(expected > 1e-12 * total * second, expected, 0.0)
        return _alpha(observed, expected, total)

    return Coefficient(rows, times, of)


def text_alpha(stretches: Patterns, text: Ints) -> Coefficient:
    """Nominal alpha over characters, that is resampled by whole texts: those are drawn, characters are not.

    ``stretches`` are patterns of characters, ``text`` is the number of the text that each lies in.
    """
    some, text = stretches.pairable(), text[stretches.sizes > 1]
    distance = 1.0 - np.eye(some.counts.shape[1])
    apart = some.pairs(distance) / (some.sizes - 1)
    # Column by column: there are several times as many stretches as spans.
    columns = [np.bincount(text, column * some.units) for column in (apart, *some.counts.T)]
    sums: Floats = np.stack(columns, axis=1).astype(np.float64)
    return Coefficient(*_different(sums[sums.any(axis=1)]), _of_sums(distance))


def _alpha(observed: Floats, expected: Floats, total: Floats) -> Floats:
    """From sums over ordered pairs: 1 - (n - 1) observed / expected."""
    with np.errstate(invalid="ignore", divide="ignore"):
        alpha: Floats = np.where(expected > 0, 1 - (total - 1) * observed / expected, np.nan)
    return alpha


def _spread(totals: Floats, places: Floats) -> tuple[Floats, Floats]:
    """The squared differences between all ordered pairs of votes, summed; and how many votes there are."""
    total = totals.sum(axis=-1)
    first, second = (totals * places).sum(axis=-1), (totals * places**2).sum(axis=-1)
    return 2 * (total * second - first**2), total


def _different(rows: Floats) -> tuple[Floats, Ints]:
    """The different rows, and how often each is there."""
    keys: Ints = np.zeros(len(rows), np.int64)
    for column in rows.T:
        _, ranks = np.unique(column, return_inverse=True)
        keys, _ = dense(keys * (int(ranks.max(initial=0)) + 1) + ranks)
    _, places, times = np.unique(keys, return_index=True, return_counts=True)
    return rows[places], times.astype(np.int64)
