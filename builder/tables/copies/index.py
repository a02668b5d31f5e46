"""Which row first had a key, for keys that keep coming."""

import numpy as np
from numpy.typing import NDArray

from builder.parse.arrays import Hashes, Ints

Small = NDArray[np.uint32]


class FirstRows:
    """Keys, each with the number of one row, 12 bytes a key.

    They lie in sorted arrays, each at least twice as long as the next, so that few have to be searched.
    """

    def __init__(self) -> None:
        self._levels: list[tuple[Hashes, NDArray[np.uint32]]] = []

    def find(self, keys: Hashes) -> Ints:
        """The row of each key, -1 for a key that has none."""
        order = (
            np.argsort(keys, kind="stable") if self._levels else np.arange(0)
        )  # neighbours are looked for in one place
        found = np.full(len(keys), -1, dtype=np.int64)
        wanted = keys[order]
        for known, rows in self._levels:
            place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
            same = np.flatnonzero(known[place] == wanted)
            found[order[same]] = rows[place[same]]
        return found

    def add(self, keys: Hashes, rows: Ints) -> None:
        """Take in keys that it does not have yet, with rows that rise; of equal ones the first."""
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(keys)])
        if not len(first):
            return
        together = [(ordered[first], rows[order[first]].astype(np.uint32))]
        while self._levels and len(self._levels[-1][0]) < 2 * sum(len(level) for level, _ in together):
            together.append(self._levels.pop())
        self._levels.append(_merged(together))


def _merged(levels: list[tuple[Hashes, Small]]) -> tuple[Hashes, Small]:
    """Several sorted arrays as one."""
    if len(levels) == 1:
        return levels[0]
    keys = np.concatenate([known for known, _ in levels])
    order = np.argsort(keys, kind="stable")  # which finds the runs that are sorted already
    return keys[order], np.concatenate([rows for _, rows in levels])[order]
