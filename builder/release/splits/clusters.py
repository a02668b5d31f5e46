"""Copies come into one split, or into none where they stood in several before."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from builder.release.splits.units import NONE, Codes, Units

BRIDGE, COPY, AUTHOR, ARTICLE = range(4)
REASONS: Final = ("bridge", "copy", "author", "article")


def settled(units: Units, wanted: Codes, *, join: bool) -> tuple[Codes, Codes]:
    """The split of each unit once its copies have been looked at, and why it has none (a number of `REASONS`).

    ``wanted`` is the split that each would be in by itself. What had a split keeps it, unless the unit that it
    is a copy of had another. With ``join`` a new unit comes into the split of its copies, else it is in none
    where it wanted another.
    """
    found, reason = (
        np.where(units.before < 0, wanted, units.before),
        np.full(len(wanted), NONE, dtype=np.int64),
    )
    for members in _clusters(units.first):
        before, wish = units.before[members].tolist(), wanted[members].tolist()
        home = _home(before, wish)
        for member, had, wants in zip(members.tolist(), before, wish, strict=True):
            found[member], reason[member] = _of_member(home, had, wants, join=join)
    return found, reason


def _clusters(first: Codes) -> Iterator[Codes]:
    """The rows of each group of copies, in order, the first of them at its head."""
    sizes = np.bincount(first, minlength=len(first))
    rows = np.flatnonzero(sizes[first] > 1)
    if not len(rows):
        return
    rows = rows[np.lexsort((rows, rows != first[rows], first[rows]))]
    starts = np.flatnonzero(np.diff(first[rows], prepend=-1))
    yield from np.split(rows, starts[1:])


def _home(before: Sequence[int], wanted: Sequence[int]) -> int | None:
    """The split of copies: that of the first, or of those that have one; none at all where these differ."""
    if before[0] != NONE:
        return before[0]
    had = set(before) - {NONE}
    if len(had) > 1:
        return None
    return had.pop() if had else next((each for each in wanted if each != NONE), NONE)


def _of_member(home: int | None, had: int, wants: int, *, join: bool) -> tuple[int, int]:
    """The split of a unit among its copies, and the reason for none."""
    if home is None:
        return (had, NONE) if had != NONE else (NONE, BRIDGE)
    if had == home or (had == NONE and (wants == home or join)):
        return home, NONE
    return NONE, NONE if wants == NONE else COPY


def reasons(codes: Codes) -> pa.Array:
    """The words of reasons, null for none."""
    return pa.array([*REASONS, None], pa.string()).take(pa.array(codes % (len(REASONS) + 1)))
