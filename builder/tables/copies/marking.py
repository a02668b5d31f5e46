"""Which rows are copies of rows above them, found part by part, in the order of the table.

A row is a copy of the first row that is itself none and that it is like: whose text has the same normal form, or
enough of the same shingles, or, of articles, whose page has the same address; or that the row is an exact copy
of a copy of. What comes later changes nothing, so that a part may be written before the next one is seen, and
how the table is cut into parts does not show.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import pyarrow as pa

from builder.parse.arrays import Flags, Hashes, Ints
from builder.tables.columns import nulls, places
from builder.tables.copies.exact import Suspects
from builder.tables.copies.index import MANY, FirstRows
from builder.tables.copies.keys import ADDRESS, BAND, BEGINNING, exact_keys
from builder.tables.copies.shingles import alike, shingles
from builder.tables.copies.texts import RowsSoFar

_REMEMBERED = 4_096  # texts
_Known = Sequence[tuple[int, int]]
"""Keys, each with the row that it leads to, -1 for none yet."""


class Copies:
    """What is known of the rows of one table so far."""

    def __init__(self, so_far: RowsSoFar) -> None:
        self._so_far = so_far
        self._rows = 0
        self._originals = FirstRows()
        self._suspects = Suspects(so_far.texts)
        self._sure, self._likely = FirstRows(), FirstRows(MANY)
        self._shingles = lru_cache(maxsize=_REMEMBERED)(self._shingles_of)

    def mark(self, texts: pa.Array, keys: pa.Table) -> pa.Array:
        """For each row of the next part the id of the row that it is a copy of, null for none.

        ``keys`` are those of `builder.tables.copies.keys` for the rows of the part, which can be looked up already.
        """
        first, self._rows = self._rows, self._rows + len(texts)
        part = self._part(texts, keys, first)
        originals = dict(self._found(part))
        part.keep(self._sure, self._likely, originals)
        copies, of = (np.fromiter(each, np.int64) for each in (originals, originals.values()))
        self._originals.add(copies.astype(np.uint64), of)
        return self._named(first, len(texts), originals)

    def _part(self, texts: pa.Array, keys: pa.Table, first: int) -> "_Part":
        """The keys of a part that decide, or that lead to a closer look."""
        row, key, kind = (keys[name].to_numpy() for name in keys.column_names)
        row = row + first
        begins, address, band = (kind == each for each in (BEGINNING, ADDRESS, BAND))
        alike, above = self._suspects.of(row[begins], key[begins])
        known = self._originals.find(above.astype(np.uint64))
        self._sure.add(self._suspects.above(above), np.where(known < 0, above, known))
        exact = exact_keys(texts.take(places(alike - first)))
        sure = np.append(alike, row[address]), np.append(exact, key[address])
        return _Part(sure, (row[band], key[band]), self._sure, self._likely)

    def _found(self, part: "_Part") -> Iterator[tuple[int, int]]:
        """The copies of a part, in order, each with the row that it is a copy of."""
        sure: dict[int, int] = {}
        likely: dict[int, int] = {}
        for row, certain, bands in part.doubtful():
            first = self._first(row, _leads(certain, sure), _leads(bands, likely))
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
        return shingles(self._so_far.texts[row])

    def _named(self, first: int, count: int, firsts: dict[int, int]) -> pa.Array:
        if not firsts:
            return nulls(count, pa.string())
        named = {row: self._so_far.ids[row] for row in sorted(set(firsts.values()))}
        names: list[str | None] = [None] * count
        for row, original in firsts.items():
            names[row - first] = named[original]
        return pa.array(names, pa.string())


class _Part:
    """The keys of a part, and what is known of them from the parts before."""

    def __init__(
        self, sure: tuple[Ints, Hashes], bands: tuple[Ints, Hashes], known: FirstRows, likely: FirstRows
    ) -> None:
        self._row = np.append(sure[0], bands[0])
        self._key = np.append(sure[1], bands[1])
        self._certain: Flags = np.arange(len(self._row)) < len(sure[0])
        self._known = np.append(known.find(sure[1]), likely.find(bands[1]))

    def doubtful(self) -> Iterator[tuple[int, _Known, _Known]]:
        """The rows with any key that another row has, in order, with their sure keys and the others."""
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


def _leads(keys: _Known, fresh: dict[int, int]) -> set[int]:
    """The rows that these keys lead to: in the parts before, or else in this one."""
    rows = {fresh.get(key, -1) if known < 0 else known for key, known in keys}
    return rows - {-1}


def _repeated(keys: Hashes) -> Flags:
    """Which keys are there more than once."""
    ordered = np.sort(keys)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    return np.isin(keys, twice) if len(twice) else np.zeros(len(keys), dtype=np.bool_)
