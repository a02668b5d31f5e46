"""Whole normal forms, for those rows alone that begin as others do: most texts are like none from their first words."""

import numpy as np
import pyarrow as pa

from builder.parse.arrays import Hashes, Ints
from builder.tables.copies.index import MANY, FirstRows
from builder.tables.copies.keys import exact_keys
from builder.tables.copies.texts import Texts

_HALF = np.uint64(32)


class Suspects:
    """Finds the rows that begin as others do, and gives the keys of their whole normal forms.

    Half of a key is remembered, of each row after all. Where that takes two beginnings for one, the whole forms tell.
    """

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._beginnings = FirstRows(MANY, short=True)
        self._keyed = FirstRows()

    def of(self, rows: Ints, keys: Hashes) -> tuple[Ints, Ints]:
        """Those rows of a part that begin as others do; and those of the parts before that are now joined."""
        beginnings = (keys >> _HALF).astype(np.uint32)
        order = np.argsort(beginnings, kind="stable")  # once: what is sorted already is quickly sorted again
        rows, begin = rows[order], beginnings[order]
        known = self._beginnings.find(begin)
        fresh = known < 0
        self._beginnings.add(begin[fresh], rows[fresh])
        same = np.concatenate([[False], begin[1:] == begin[:-1], [False]])
        here = np.sort(rows[~fresh | same[1:] | same[:-1]])
        above = np.unique(known[~fresh])
        above = above[self._keyed.find(above.astype(np.uint64)) < 0]
        for keyed in (here, above):
            self._keyed.add(keyed.astype(np.uint64), keyed)
        return here, above

    def above(self, rows: Ints) -> Hashes:
        """The exact keys of rows of the parts before."""
        return exact_keys(pa.array([self._texts[row] for row in rows.tolist()], pa.string()))
