"""One answer made of many: by majority, or by Dawid and Skene's estimate, with what is left open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from builder.labels.arrays import Bools, Floats, Ints
from builder.labels.dawid_skene import Truth, dawid_skene
from builder.labels.votes import Votes, shares_of

Method = Literal["majority", "dawid-skene"]
_EQUAL = 1e-9
"""Probabilities that are so near are a tie."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What units with an answer come to, under their numbers ``unit``; ``n`` annotators answered.

    ``counts``, ``shares`` and ``hard`` are units x values: the votes, their shares or probabilities, and
    whether a value is the label or part of it. ``tie`` says where there is none. ``entropy`` is in bits.
    """

    unit: Ints
    n: Ints
    counts: Ints
    shares: Floats
    hard: Bools
    tie: Bools
    entropy: Floats


def verdicts_of_one(votes: Votes, method: Method) -> tuple[Verdicts, tuple[Truth, ...]]:
    """Of a question for one value: the one with the most votes, or the most probable one."""
    counts = votes.counts()
    truths = (dawid_skene(votes),) if method == "dawid-skene" else ()
    shares = truths[0].posterior if truths else shares_of(counts)
    unit = np.flatnonzero(counts.any(axis=1))
    counts, shares = counts[unit], shares[unit]
    best = shares >= shares.max(axis=1, keepdims=True, initial=0) - _EQUAL
    tie = best.sum(axis=1) > 1
    hard = best & ~tie[:, None]
    return Verdicts(unit, counts.sum(axis=1), counts, shares, hard, tie, _bits(shares).sum(axis=1)), truths


def verdicts_of_several(options: Sequence[Votes], method: Method) -> tuple[Verdicts, tuple[Truth, ...]]:
    """Of a question for several options, as votes on each, 1 chosen and 0 not: those that are more likely than not."""
    both = np.stack([votes.counts() for votes in options], axis=1)
    truths = tuple(dawid_skene(votes) for votes in options) if method == "dawid-skene" else ()
    shares = np.stack([one.posterior[:, 1] for one in truths], axis=1) if truths else shares_of(both)[..., 1]
    size = both.sum(axis=2).max(axis=1)
    unit = np.flatnonzero(size)
    shares, counts = shares[unit], both[unit, :, 1]
    tie: Bools = np.logical_or.reduce(np.abs(shares - 0.5) <= _EQUAL, axis=1)
    hard = (shares > 0.5) & ~tie[:, None]
    open_ = (_bits(shares) + _bits(1 - shares)).sum(axis=1)
    return Verdicts(unit, size[unit], counts, shares, hard, tie, open_), truths


def _bits(shares: Floats) -> Floats:
    """What each share adds to an entropy, in bits."""
    bits: Floats = -shares * np.log2(np.where(shares > 0, shares, 1))
    return bits + 0.0
