"""Many short runs of unequal length held as one flat array."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from builder.parse.arrays import Flags, Hashes, Ints

T = TypeVar("T", bound=np.generic)
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True)
class Runs:
    """Where runs lie in a flat array.

    Attributes:
        start: first element of each run.
        length: number of its elements; never 0.
    """

    start: Ints
    length: Ints

    def __len__(self) -> int:
        """The number of runs."""
        return len(self.start)

    def owner(self) -> Ints:
        """For each element of the runs, in order, the number of its run."""
        return np.repeat(np.arange(len(self)), self.length)

    def places(self) -> Ints:
        """For each element of the runs, in order, where it lies in the flat array."""
        return np.arange(self.length.sum()) + np.repeat(self.start - _offsets(self.length), self.length)

    def position(self) -> Ints:
        """For each element of the runs, in order, its number within its run, from 0."""
        return np.arange(self.length.sum()) - np.repeat(_offsets(self.length), self.length)

    def sums(self, flat: NDArray[T] | Flags) -> Ints:
        """The sum over each run of an array that holds the runs back to back."""
        if not len(self):
            return np.zeros(0, dtype=np.int64)
        return np.add.reduceat(flat.astype(np.int64), _offsets(self.length))


def follows(marked: Flags, owner: Ints) -> Flags:
    """Whether the element before each one is marked and has the same owner."""
    before = np.zeros(len(marked), dtype=np.bool_)
    before[1:] = marked[:-1] & (owner[1:] == owner[:-1])
    return before


def runs_within(marked: Flags, owner: Ints) -> Runs:
    """The maximal runs of marked elements of one owner."""
    start = np.flatnonzero(marked & ~follows(marked, owner))
    end = len(marked) - np.flatnonzero((marked[::-1] & ~follows(marked[::-1], owner[::-1])))[::-1]
    return Runs(start, end - start)


def contiguous(lengths: Ints) -> Runs:
    """Runs that lie back to back from 0."""
    return Runs(_offsets(lengths), lengths)


def hashes(values: NDArray[np.uint32], runs: Runs) -> Hashes:
    """A 64-bit hash of each run of a flat array: the same for the same values, whatever stands around."""
    if not len(runs):
        return np.zeros(0, dtype=np.uint64)
    powers = np.cumprod(np.full(int(runs.length.max()), _BASE, dtype=np.uint64))
    mixed = (values[runs.places()].astype(np.uint64) + np.uint64(1)) * powers[runs.position()]
    total = np.add.reduceat(mixed ^ (mixed >> np.uint64(29)), _offsets(runs.length))
    return total * _MIX


def _offsets(lengths: Ints) -> Ints:
    return np.cumsum(lengths) - lengths
