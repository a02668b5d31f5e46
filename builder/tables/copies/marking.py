"""Which rows are copies of rows above them, found part by part, in the order of the table.

A row is a copy of the first row that is itself none and that it is like: whose text has the same normal form, or
enough of the same shingles, or, of articles, whose page has the same address; or that the row is an exact copy
of a copy of. What comes later changes nothing, so that a part may be written before the next one is seen, and
how the table is cut into parts does not show.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
import pyarrow as pa

from builder.parse.arrays import Flags, Hashes
from builder.tables.columns import nulls
from builder.tables.copies.index import FirstRows
from builder.tables.copies.shingles import alike, shingles

_REMEMBERED = 4_096  # texts


class Texts(Protocol):
    """Texts by the number of their row."""

    def add(self, texts: pa.Array) -> None:
        """Take more texts in."""

    def __getitem__(self, number: int) -> str:
        """The text of a row."""


class Copies:
    """What is known of the rows of one table so far; ``texts`` keeps those that near copies are told by."""

    def __init__(self, texts: Texts | None = None) -> None:
        self.count = 0
        self._rows = 0
        self._ids: list[pa.Array] = []
        self._starts: list[int] = []
        self._sure, self._likely = FirstRows(), FirstRows()
        self._texts = texts
        self._shingles = lru_cache(maxsize=_REMEMBERED)(self._shingles_of)

    def mark(self, ids: pa.Array, texts: pa.Array, keys: pa.Table) -> pa.Array:
        """For each row of the next part the id of the row that it is a copy of, null for none.

        ``keys`` are those of `builder.tables.copies.keys` for the rows of the part.
        """
        first = self._take(ids, texts)
        part = _Part(keys, first, self._sure, self._likely)
        firsts = dict(self._found(part))
        part.keep(self._sure, self._likely, firsts)
        self.count += len(firsts)
        return self._named(first, len(ids), firsts)

    def _take(self, ids: pa.Array, texts: pa.Array) -> int:
        first, self._rows = self._rows, self._rows + len(ids)
        self._ids.append(pa.concat_arrays([ids, ids[:0]]))  # a copy: the part itself may go
        self._starts.append(first)
        if self._texts is not None:
            self._texts.add(texts)
        return first

    def _found(self, part: "_Part") -> Iterator[tuple[int, int]]:
        """The copies of a part, in order, each with the row that it is a copy of."""
        sure: dict[int, int] = {}
        likely: dict[int, int] = {}
        for row, certain, bands in part.doubtful():
            first = self._first(row, _known(certain, sure), _known(bands, likely))
            for key, _ in certain:
                sure.setdefault(key, first)
            if first == row:
                for key, _ in bands:
                    likely.setdefault(key, row)
            else:
                yield row, first

    def _first(self, row: int, certain: set[int], candidates: set[int]) -> int:
        """The row that this one is a copy of, or itself."""
        if certain:
            return min(certain)
        own = self._shingles(row) if candidates else frozenset()
        near = (each for each in sorted(candidates) if alike(own, self._shingles(each)))
        return next(near, row)

    def _shingles_of(self, row: int) -> frozenset[tuple[str, ...]]:
        return frozenset() if self._texts is None else shingles(self._texts[row])

    def _named(self, first: int, count: int, firsts: dict[int, int]) -> pa.Array:
        if not firsts:
            return nulls(count, pa.string())
        names: list[str | None] = [None] * count
        for row, original in firsts.items():
            part = int(np.searchsorted(self._starts, original, side="right")) - 1
            names[row - first] = self._ids[part][original - self._starts[part]].as_py()
        return pa.array(names, pa.string())


class _Part:
    """The keys of a part, and what is known of them from the parts before."""

    def __init__(self, keys: pa.Table, first: int, sure: FirstRows, likely: FirstRows) -> None:
        self._row = keys["row"].to_numpy() + first
        self._key: Hashes = keys["key"].to_numpy()
        self._certain: Flags = keys["sure"].to_numpy()
        self._known = np.full(len(self._row), -1, dtype=np.int64)
        for certain, index in ((True, sure), (False, likely)):
            here = np.flatnonzero(self._certain == certain)
            self._known[here] = index.find(self._key[here])

    def doubtful(self) -> Iterator[tuple[int, Sequence[tuple[int, int]], Sequence[tuple[int, int]]]]:
        """The rows with any key that another row has, in order, with their sure keys and the others.

        Each key comes with the row that it is known from, -1 for none.
        """
        shared = (self._known >= 0) | _repeated(self._key)
        rows = np.unique(self._row[shared])
        here = np.flatnonzero(np.isin(self._row, rows))
        here = here[np.argsort(self._row[here], kind="stable")]
        bounds = np.searchsorted(self._row[here], rows, side="right").tolist()
        keyed = list(zip(self._key[here].tolist(), self._known[here].tolist(), strict=True))
        certain = self._certain[here].tolist()
        for row, start, end in zip(rows.tolist(), [0, *bounds], bounds, strict=False):
            both: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
            for place in range(start, end):
                both[certain[place]].append(keyed[place])
            yield row, both[True], both[False]

    def keep(self, sure: FirstRows, likely: FirstRows, firsts: dict[int, int]) -> None:
        """Let the keys be known to the parts that follow; a copy is not looked for, the row before it is."""
        copies = np.fromiter(firsts, dtype=np.int64, count=len(firsts))
        copy = np.isin(self._row, copies)
        original = self._row.copy()
        original[copy] = [firsts[row] for row in self._row[copy].tolist()]
        fresh = self._known < 0
        for index, chosen in ((sure, fresh & self._certain), (likely, fresh & ~self._certain & ~copy)):
            index.add(self._key[chosen], original[chosen])


def _known(keys: Sequence[tuple[int, int]], fresh: dict[int, int]) -> set[int]:
    """The rows that these keys lead to: in the parts before, or else in this one."""
    rows = {fresh.get(key, -1) if known < 0 else known for key, known in keys}
    return rows - {-1}


def _repeated(keys: Hashes) -> Flags:
    """Which keys are there more than once."""
    ordered = np.sort(keys)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    return np.isin(keys, twice) if len(twice) else np.zeros(len(keys), dtype=np.bool_)
