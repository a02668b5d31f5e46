"""Votes: who gave which unit which value, in whole numbers."""

from dataclasses import dataclass

import numpy as np

from builder.labels.arrays import Counts, Floats, Ints, dense

_FEW = 1 << 20
"""As many possible keys are counted in an array; more are sorted."""
_STEP = 1 << 16
"""Rows of counts that are multiplied at once."""
_MANY_VALUES = 64
"""From here on a matrix of units x values would be mostly zeros."""


@dataclass(frozen=True, slots=True)
class Votes:
    """Three arrays of one length, a vote each: numbers of unit, annotator and value, all from 0.

    ``shape`` says how many units, annotators and values there are, voted or not.
    """

    unit: Ints
    annotator: Ints
    value: Ints
    shape: tuple[int, int, int]

    def counts(self) -> Ints:
        """How many votes each unit has for each value, units x values."""
        units, _, values = self.shape
        keys = self.unit * values + self.value
        return np.bincount(keys, minlength=units * values).reshape(units, values)


@dataclass(frozen=True, slots=True)
class Patterns:
    """Different rows of counts, patterns x values, and how many units have each."""

    counts: Counts
    units: Ints

    @property
    def sizes(self) -> Ints:
        """How many votes a unit of each pattern has."""
        sizes: Ints = self.counts.sum(axis=1)
        return sizes

    def pairable(self) -> "Patterns":
        """Those with two votes or more: only they say something of agreement."""
        kept = self.sizes > 1
        return self if kept.all() else Patterns(self.counts[kept], self.units[kept])

    def pairs(self, weights: Floats, own: float = 0.0) -> Floats:
        """The ordered pairs of votes of each pattern, each with its weight, less ``own`` for a vote with itself."""
        steps = (self.counts[first : first + _STEP] for first in range(0, len(self.counts), _STEP))
        sums = [(some * (some @ weights - own)).sum(axis=1) for some in steps]
        return np.concatenate([np.zeros(0), *sums])


def patterns(votes: Votes) -> Patterns:
    """The patterns of votes, whoever cast them; units without a vote are left out."""
    if votes.shape[2] < _MANY_VALUES:
        return patterns_of_counts(votes.counts())
    found = votings(votes.unit, votes.value, votes.shape[0])
    kinds, values = len(found.units), votes.shape[2]
    counts = np.bincount(found.voting * values + found.code, minlength=kinds * values)
    voted = found.units > 0
    return Patterns(counts.reshape(kinds, values)[voted], found.units[voted])


def patterns_of_counts(counts: Ints) -> Patterns:
    """The patterns of a matrix of counts, units x values; rows of zeros are left out."""
    counts = counts[counts.any(axis=1)]
    if not counts.size:
        return Patterns(counts[:0], np.zeros(0, np.int64))
    keys, possible = _keys(counts)
    if possible <= _FEW:
        times = np.bincount(keys, minlength=possible)
        different = np.flatnonzero(times)
        example = np.empty(possible, np.int64)
        example[keys] = np.arange(len(keys))
        return Patterns(counts[example[different]], times[different])
    _, places, times = np.unique(keys, return_index=True, return_counts=True)
    return Patterns(counts[places], times.astype(np.int64))


def _keys(counts: Ints) -> tuple[Ints, int]:
    """A number for each row, equal where rows are, and an upper bound of the numbers."""
    base = int(counts.max()) + 1
    possible = 1
    keys: Ints = np.zeros(len(counts), np.int64)
    for column in counts.T:
        if possible > (1 << 62) // base:
            keys, possible = dense(keys)
        keys = keys * base + column
        possible *= base
    return keys, possible


@dataclass(frozen=True, slots=True)
class Votings:
    """The different votings: ``code`` of each vote, by ``voting``; how many ``units`` have each.

    ``of_unit`` is the voting of each unit. The voting of units without a vote has neither votes nor units.
    """

    voting: Ints
    code: Ints
    units: Ints
    of_unit: Ints


def votings(unit: Ints, code: Ints, n_units: int) -> Votings:
    """Units with equal codes have one voting; told apart exactly, code by code."""
    order = np.lexsort((code, unit))
    unit, code = unit[order], code[order]
    size = np.bincount(unit, minlength=n_units)
    first = np.cumsum(size) - size
    same, codes = dense(size)[0], int(code.max(initial=0)) + 1
    for place in range(int(size.max(initial=0))):
        longer = size > place
        step = np.zeros(n_units, np.int64)
        step[longer] = code[first[longer] + place]
        same, _ = dense(same * codes + step)
    _, example, of_unit, times = np.unique(same, return_index=True, return_inverse=True, return_counts=True)
    long = size[example]
    voting = np.repeat(np.arange(len(example)), long)
    within = np.arange(len(voting)) - np.repeat(np.cumsum(long) - long, long)
    return Votings(voting, code[first[example][voting] + within], np.where(long > 0, times, 0), of_unit)


def shares_of(counts: Floats | Counts) -> Floats:
    """Rows of counts as shares of their sums; a row of nothing stays nothing."""
    total = counts.sum(axis=-1, keepdims=True)
    shares: Floats = counts / np.where(total == 0, 1, total)
    return shares
