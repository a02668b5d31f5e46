"""Which row first had a key, for keys that keep coming."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from builder.parse.arrays import Hashes, Ints

Small = NDArray[np.uint32]
Keys = Hashes | Small
Level = tuple[Keys, Small]

MANY = 3
"""Bits for a key of each row or more."""


class FirstRows:
    """Keys, each with the number of one row: of 64 bits, which takes 12 bytes a key, or ``short`` of 32 and 8.

    Where there will be many, they lie on so many shelves by their first ``bits``: what is on one shelf is in memory
    twice when its arrays are merged.
    """

    def __init__(self, bits: int = 0, *, short: bool = False) -> None:
        kind = np.dtype(np.uint32 if short else np.uint64)
        self._shelves = [_Shelf() for _ in range(1 << bits)]
        self._edges = np.arange(1, 1 << bits, dtype=kind) << kind.type(
            8 * kind.itemsize - bits if bits else 0
        )

    def find(self, keys: Keys) -> Ints:
        """The row of each key, -1 for a key that has none."""
        order = np.argsort(keys, kind="stable")  # neighbours are looked for in one place
        wanted = keys[order]
        rows = [shelf.find(wanted[start:end]) for shelf, start, end in self._shelved(wanted)]
        found = np.empty(len(keys), dtype=np.int64)
        found[order] = np.concatenate(rows)
        return found

    def add(self, keys: Keys, rows: Ints) -> None:
        """Take in keys that it does not have yet, with their rows; of equal ones the first."""
        if not len(keys):
            return
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
        fresh, first = ordered[begins], rows[np.minimum.reduceat(order, begins)].astype(np.uint32)
        for shelf, start, end in self._shelved(fresh):
            shelf.add(fresh[start:end].copy(), first[start:end].copy())

    def _shelved(self, ordered: Keys) -> list[tuple["_Shelf", int, int]]:
        """The shelves, each with the range of these keys that belongs there."""
        bounds = [0, *np.searchsorted(ordered, self._edges).tolist(), len(ordered)]
        return [(shelf, *each) for shelf, each in zip(self._shelves, pairwise(bounds), strict=True)]


class _Shelf:
    """Sorted arrays, each at least twice as long as the next, so that few have to be searched."""

    def __init__(self) -> None:
        self._levels: list[Level] = []

    def find(self, wanted: Keys) -> Ints:
        found = np.full(len(wanted), -1, dtype=np.int64)
        for known, rows in self._levels if len(wanted) else ():
            place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
            same = np.flatnonzero(known[place] == wanted)
            found[same] = rows[place[same]]
        return found

    def add(self, keys: Keys, rows: Small) -> None:
        if not len(keys):
            return
        together = [(keys, rows)]
        while self._levels and len(self._levels[-1][0]) < 2 * sum(len(level) for level, _ in together):
            together.append(self._levels.pop())
        self._levels.append(_merged(together))


def _merged(levels: list[Level]) -> Level:
    """Several sorted arrays as one."""
    if len(levels) == 1:
        return levels[0]
    keys = np.concatenate([known for known, _ in levels])
    order = np.argsort(keys, kind="stable")  # which finds the runs that are sorted already
    return keys[order], np.concatenate([rows for _, rows in levels])[order]
