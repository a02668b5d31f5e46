"""Whole normal forms, for those rows alone that begin as others do: most texts are like none from their first words."""

from typing import Protocol

import numpy as np
import pyarrow as pa

from builder.parse.arrays import Flags, Hashes, Ints
from builder.tables.columns import places
from builder.tables.copies.index import FirstRows
from builder.tables.copies.keys import exact_keys


class Texts(Protocol):
    """Texts by the number of their row, which may wait on disk."""

    def add(self, texts: pa.Array) -> None:
        """Take more texts in."""

    def __getitem__(self, number: int) -> str:
        """The text of a row."""


class Suspects:
    """Finds the rows whose beginnings have been seen before, and the first of them when the second comes."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._beginnings = FirstRows()
        self._keyed: set[int] = set()

    def above(self, keys: Hashes) -> tuple[Ints, Hashes]:
        """Rows of the parts before that begin as a row of this one for the first time, and their exact keys."""
        known = self._beginnings.find(keys)
        rows = sorted(set(known[known >= 0].tolist()) - self._keyed)
        self._keyed.update(rows)
        said = pa.array([self._texts[row] for row in rows], pa.string())
        return np.array(rows, dtype=np.int64), exact_keys(said)

    def here(self, rows: Ints, keys: Hashes, texts: pa.Array, first: int) -> tuple[Ints, Hashes]:
        """Those rows of a part, whose texts these are from row ``first`` on, that begin as others; exact keys."""
        known = self._beginnings.find(keys)
        fresh = known < 0
        self._beginnings.add(keys[fresh], rows[fresh])
        alike = rows[~fresh | repeated(keys)]
        self._keyed.update(alike.tolist())
        return alike, exact_keys(texts.take(places(alike - first)))


def repeated(keys: Hashes) -> Flags:
    """Which keys are there more than once."""
    ordered = np.sort(keys)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    return np.isin(keys, twice) if len(twice) else np.zeros(len(keys), dtype=np.bool_)
