"""A batch of captures as one buffer, from which stretches are cut by their offsets in code points."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.arrow import strings
from builder.tables import columns
from builder.tables.check_kinds import Rows
from builder.tables.columns import picked, places

BLANK_LINE = "\n\n"
"""What joins the paragraphs of an article or a comment."""

_CONTINUING = -64
"""Bytes that go on with a character are below it, as numbers with a sign."""


@dataclass(frozen=True, slots=True)
class Buffer:
    """Texts in UTF-8 end to end; ``bounds`` are their beginnings and the last end in code points.

    ``before`` says for each continuation byte (any but the first of its character) how many characters
    begin before it.
    """

    data: bytes
    bounds: Rows
    before: Rows

    @property
    def lengths(self) -> Rows:
        """The length of each text in code points."""
        return np.diff(self.bounds)

    def spans(self, text: Rows, start: Rows, end: Rows) -> tuple[Rows, Rows]:
        """Where stretches [start, end) of the texts with these numbers are in bytes; what lies outside is cut off."""
        low, high = self.bounds[text], self.bounds[text + 1]
        begins, ends = np.clip(low + start, low, high), np.clip(low + end, low, high)
        if np.array_equal(
            begins[1:], ends[:-1]
        ):  # one place for the end of each and the beginning of the next
            places = self._bytes(np.append(begins, ends[-1:]))
            return places[:-1], np.maximum(places[:-1], places[1:])
        firsts = self._bytes(begins)
        return firsts, np.maximum(firsts, self._bytes(ends))

    def cut(self, text: Rows, start: Rows, end: Rows) -> pa.Array:
        """Those stretches as strings."""
        return self.gathered(*self.spans(text, start, end))

    def gathered(self, firsts: Rows, ends: Rows) -> pa.Array:
        """The bytes between these places as strings: in one gather where they follow each other, else one by one."""
        if len(firsts) and (firsts[1:] < ends[:-1]).any():
            spans = zip(firsts.tolist(), ends.tolist(), strict=True)
            return pa.array([self.data[first:end] for first, end in spans], pa.binary()).cast(pa.string())
        return strings(np.frombuffer(self.data, np.uint8), firsts, ends)

    def joined(self, firsts: Rows, ends: Rows, owners: Rows, size: int) -> pa.Array:
        """For each of ``size`` owners what is between its places, a blank line between two; null where it has none.

        What is a blank line apart in the text already is one stretch of it.
        """
        begins = ~self._after_seams(firsts, ends, owners)
        ending = np.roll(begins, -1)  # the last one ends as the first begins: for certain
        pieces, owners = self.gathered(firsts[begins], ends[ending]), owners[begins]
        return pieces if np.array_equal(owners, np.arange(size)) else joined(pieces, owners, size)

    def _after_seams(self, firsts: Rows, ends: Rows, owners: Rows) -> npt.NDArray[np.bool_]:
        """Which places follow the ones before them, of the same owner, after a blank line and nothing else."""
        after = np.zeros(len(owners), dtype=np.bool_)
        after[1:] = (owners[1:] == owners[:-1]) & (firsts[1:] - ends[:-1] == len(BLANK_LINE))
        place = np.flatnonzero(after)
        data = np.frombuffer(self.data, np.uint8)
        for back in range(1, len(BLANK_LINE) + 1):
            after[place] &= data[firsts[place] - back] == ord("\n")
        return after

    def _bytes(self, characters: Rows) -> Rows:
        """The place of each character in bytes: its number, and one for each continuation byte before it."""
        return characters + np.searchsorted(self.before, characters, side="right")


def buffer_of(texts: Sequence[bytes]) -> Buffer:
    """The buffer of texts in valid UTF-8."""
    data = b"".join(texts)
    continuing = np.flatnonzero(np.frombuffer(data, np.int8) < _CONTINUING)
    ends = np.cumsum([0, *map(len, texts)])
    bounds = ends - np.searchsorted(continuing, ends)
    return Buffer(data, bounds, continuing - np.arange(len(continuing)))


def joined(pieces: pa.Array, owners: Rows, size: int) -> pa.Array:
    """For each of ``size`` owners its pieces, a blank line between two; null for one that has none."""
    if (owners[1:] < owners[:-1]).any():
        pieces = pieces.take(places(np.argsort(owners, kind="stable")))
    counts = np.bincount(owners, minlength=size)
    whole = columns.joined(pieces, counts)
    return whole if counts.all() else picked(whole, np.arange(size), counts == 0)


def unequal(stored: pa.Array, cut: pa.Array) -> Rows:
    """The rows in which two string arrays differ; null equals null."""
    both_null = pc.and_(stored.is_null(), cut.is_null())
    same = pc.or_(pc.equal(stored, cut).fill_null(False), both_null)  # noqa: FBT003
    return np.flatnonzero(~same.to_numpy(zero_copy_only=False))
