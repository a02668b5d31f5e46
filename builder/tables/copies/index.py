"""Which row first had a key, for keys that keep coming."""

import numpy as np
from numpy.typing import NDArray

from builder.parse.arrays import Hashes, Ints


class FirstRows:
    """Keys, each with the number of one row, 12 bytes a key.

    They lie in sorted arrays, each at least twice as long as the next, so that few have to be searched.
    """

    def __init__(self) -> None:
        self._levels: list[tuple[Hashes, NDArray[np.uint32]]] = []

    def find(self, keys: Hashes) -> Ints:
        """The row of each key, -1 for a key that has none."""
        found = np.full(len(keys), -1, dtype=np.int64)
        if not self._levels:
            return found
        order = np.argsort(keys)  # neighbours are looked for in one place
        wanted = keys[order]
        for known, rows in self._levels:
            place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
            same = known[place] == wanted
            found[order[same]] = rows[place[same]]
        return found

    def add(self, keys: Hashes, rows: Ints) -> None:
        """Take in keys that it does not have yet; of equal ones the first."""
        fresh, first = np.unique(keys, return_index=True)
        if not len(fresh):
            return
        together = [(fresh, rows[first].astype(np.uint32))]
        while self._levels and len(self._levels[-1][0]) < 2 * sum(len(level) for level, _ in together):
            together.append(self._levels.pop())
        if len(together) == 1:
            self._levels.extend(together)
            return
        joined = np.concatenate([level for level, _ in together])
        order = np.argsort(joined)
        self._levels.append((joined[order], np.concatenate([numbers for _, numbers in together])[order]))
