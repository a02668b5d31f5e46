"""Many short runs of unequal length held as one flat array."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.parse.arrays import Hashes, Ints

_POWERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xD6E8FEB86659FD93], dtype=np.uint64)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_MASKS = np.array([0, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF], dtype=np.uint64)


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


def contiguous(lengths: Ints) -> Runs:
    """Runs that lie back to back from 0."""
    return Runs(_offsets(lengths), lengths)


def keys(values: NDArray[np.uint16], runs: Runs) -> Hashes:
    """A 64-bit key of each run: equal for equal runs, whatever stands around them.

    Up to 12 elements all of them count; of longer runs the first eight, four in the middle and the last four.
    """
    return keys_of(by_fours(values), runs)


def keys_of(four: Hashes, runs: Runs) -> Hashes:
    """As `keys`, of values by fours."""
    length = runs.length
    head = four[runs.start] & _MASKS.take(length, mode="clip")
    total = head ^ (length.astype(np.uint64) * _MIX)
    longer = np.flatnonzero(length > 4)
    start, end = runs.start[longer], runs.start[longer] + length[longer]
    middle = np.minimum(start + 4, end - 4)
    inner = start + (length[longer] - 4) // 2
    rest = (four[middle] * _POWERS[0]) ^ (four[inner] * _POWERS[1]) ^ (four[end - 4] * _POWERS[2])
    total[longer] ^= rest ^ (rest >> np.uint64(31))
    return total * _MIX


def by_fours(values: NDArray[np.uint16]) -> Hashes:
    """For each element, it and the three after it as one number."""
    padded = np.concatenate([values, np.zeros(4, dtype=np.uint16)])
    return np.ndarray((len(values) + 1,), dtype="<u8", buffer=padded, strides=(2,)).astype(np.uint64)


def _offsets(lengths: Ints) -> Ints:
    return np.cumsum(lengths) - lengths
