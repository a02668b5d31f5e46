"""What is kept of each row while a table passes by, to tell in the end whether ids are unique and copies marked."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np
import pyarrow as pa

from builder.parse.arrays import Hashes
from builder.tables.check_copies import first_alike
from builder.tables.check_id_bits import Tails, id_bits
from builder.tables.check_kinds import Rows
from builder.tables.columns import places
from builder.tables.copies.keys import beginnings, exact_keys

_BEGINNING = 40
"""Bytes of a normal form, so many that hardly any whole text must be read again."""


class Texts(Protocol):
    """A table that can be asked for some of its texts."""

    @abstractmethod
    def some(self, column: str, rows: Rows) -> Iterator[pa.Array]:
        """The values of a column in these rows, whose numbers rise, in any number of arrays."""


class _Kept(NamedTuple):
    """Of some rows the ids and how texts begin; of those marked as copies the numbers, and what they lead to."""

    heads: Hashes
    tails: Tails
    beginnings: Hashes
    marked: Rows
    target_heads: Hashes
    target_tails: Tails


class Across:
    """The rows of articles or of comments that have passed by."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._size = 0
        self._kept: list[_Kept] = []

    def add(self, table: pa.Table) -> None:
        """The next rows, whose ids are well-formed."""
        targets = table["duplicate_of"].combine_chunks()
        marked = np.flatnonzero(targets.is_valid().to_numpy(zero_copy_only=False))
        self._kept.append(
            _Kept(
                *id_bits(table[self._key].combine_chunks()),
                beginnings(table["text"].combine_chunks(), _BEGINNING),
                marked + self._size,
                *id_bits(targets.take(places(marked))),
            )
        )
        self._size += table.num_rows

    def is_sound(self, texts: Texts) -> bool:
        """Whether no id is there twice, copies lead to the first of their kind, and all exact ones are marked."""
        kept = _Kept(*map(np.concatenate, zip(*self._kept, strict=True)))
        self._kept = []
        first = _firsts(kept)
        if first is None:
            return False
        unsure = _unsure(kept.beginnings, first)
        keys = [exact_keys(some) for some in texts.some("text", unsure)]
        alike = first_alike(unsure, np.concatenate([np.empty(0, np.uint64), *keys]))
        return bool((first[unsure] == first[alike]).all())


def _unsure(beginnings: Hashes, first: Rows) -> Rows:
    """The rows whose texts begin alike, though they are not marked as copies of one: the whole texts must tell."""
    some = np.flatnonzero(beginnings)
    order = some[np.argsort(beginnings[some])]
    if not len(order):
        return order
    ranked, firsts = beginnings[order], first[order]
    begins = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1]))
    apart = np.minimum.reduceat(firsts, begins) != np.maximum.reduceat(firsts, begins)
    return np.sort(order[np.repeat(apart, np.diff(begins, append=len(order)))])


def _firsts(kept: _Kept) -> Rows | None:
    """For each row the one that it is a copy of, or itself; none where that is not certain for all."""
    order = np.argsort(kept.heads)
    heads = kept.heads[order]
    if (heads[1:] == heads[:-1]).any():
        return None
    first = np.arange(len(order))
    if len(kept.marked):
        found = order[np.minimum(np.searchsorted(heads, kept.target_heads), len(order) - 1)]
        same = (kept.heads[found] == kept.target_heads) & (kept.tails[found] == kept.target_tails)
        first[kept.marked] = found
        if not (same & (found < kept.marked) & (first[found] == found)).all():
            return None
    return first
