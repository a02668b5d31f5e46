"""Whole normal forms, for those rows alone that begin as others do: most texts are like none from their first words."""

import numpy as np
import pyarrow as pa

from builder.core.spill import SpilledTexts
from builder.parse.arrays import Flags, Hashes, Ints
from builder.tables.copies.index import FirstRows
from builder.tables.copies.keys import exact_keys


class Suspects:
    """Finds the rows that begin as others do, and gives the keys of their whole normal forms."""

    def __init__(self, texts: SpilledTexts) -> None:
        self._texts = texts
        self._beginnings = FirstRows()
        self._keyed: set[int] = set()

    def of(self, rows: Ints, beginnings: Hashes) -> tuple[Ints, Ints]:
        """Those rows of a part that begin as others do; and those of the parts before that are now joined."""
        known = self._beginnings.find(beginnings)
        fresh = known < 0
        self._beginnings.add(beginnings[fresh], rows[fresh])
        above = np.array(sorted(set(known[~fresh].tolist()) - self._keyed), dtype=np.int64)
        here = rows[~fresh | repeated(beginnings)]
        self._keyed.update(here.tolist(), above.tolist())
        return here, above

    def above(self, rows: Ints) -> Hashes:
        """The exact keys of rows of the parts before."""
        return exact_keys(pa.array([self._texts[row] for row in rows.tolist()], pa.string()))


def repeated(keys: Hashes) -> Flags:
    """Which keys are there more than once."""
    ordered = np.sort(keys)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    return np.isin(keys, twice) if len(twice) else np.zeros(len(keys), dtype=np.bool_)
