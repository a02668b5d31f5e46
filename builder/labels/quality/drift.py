"""Whether somebody comes to agree with the others less, or more, in the course of their work."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder.labels.proportions import Difference, Share, difference
from builder.labels.quality.others import Met, agreement

LEAST = 30
"""Fewer units than this in common with others cannot be cut in three."""


@dataclass(frozen=True, slots=True)
class Drift:
    """Agreement with the others in each third of somebody's work, and the last third less the first."""

    thirds: tuple[Share, Share, Share]
    change: Difference


def drift(met: Sequence[Met]) -> Drift | None:
    """The drift over units in the order of work; None where there are too few to tell."""
    if len(met) < LEAST:
        return None
    cuts = [round(len(met) * third / 3) for third in range(4)]
    first, second, last = (agreement(met[start:end]) for start, end in pairwise(cuts))
    change = difference(last, first)
    return Drift((first, second, last), change) if change else None
