"""A batch of captures as one buffer, from which stretches are cut by their offsets in code points."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from builder.tables.check_kinds import Rows

BLANK_LINE = "\n\n"
"""What joins the paragraphs of an article or a comment."""


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

    def cut(self, text: Rows, start: Rows, end: Rows) -> pa.Array:
        """The stretches [start, end) of the texts with these numbers; what lies outside is cut off."""
        low, high = self.bounds[text], self.bounds[text + 1]
        firsts = self._bytes(np.clip(low + start, low, high))
        ends = np.maximum(firsts, self._bytes(np.clip(low + end, low, high)))
        return _gathered(self.data, firsts, ends)

    def _bytes(self, characters: Rows) -> Rows:
        """The place of each character in bytes: its number, and one for each continuation byte before it."""
        return characters + np.searchsorted(self.before, characters, side="right")


def buffer_of(texts: Sequence[bytes]) -> Buffer:
    """The buffer of texts in valid UTF-8."""
    data = b"".join(texts)
    continuing = np.flatnonzero((np.frombuffer(data, np.uint8) & 0xC0) == 0x80)
    ends = np.cumsum([0, *map(len, texts)])
    bounds = ends - np.searchsorted(continuing, ends)
    return Buffer(data, bounds, continuing - np.arange(len(continuing)))


def joined(pieces: pa.Array, owners: Rows, size: int) -> pa.Array:
    """For each of ``size`` owners its pieces, a blank line between two; null for one that has none."""
    order = np.argsort(owners, kind="stable")
    counts = np.bincount(owners, minlength=size)
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    lists = pa.ListArray.from_arrays(pa.array(offsets), pieces.take(pa.array(order)))
    return pc.if_else(pa.array(counts > 0), pc.binary_join(lists, BLANK_LINE), None)


def unequal(stored: pa.Array, cut: pa.Array) -> Rows:
    """The rows in which two string arrays differ; null equals null."""
    both_null = pc.and_(stored.is_null(), cut.is_null())
    same = pc.or_(pc.equal(stored, cut).fill_null(False), both_null)  # noqa: FBT003
    return np.flatnonzero(~same.to_numpy(zero_copy_only=False))


def _gathered(data: bytes, firsts: Rows, ends: Rows) -> pa.Array:
    """The stretches of bytes as strings: in one gather where they follow each other, else one by one."""
    if len(firsts) and (firsts[1:] < ends[:-1]).any():
        return pa.array(
            [data[a:b] for a, b in zip(firsts.tolist(), ends.tolist(), strict=True)], pa.binary()
        ).cast(pa.string())
    offsets: npt.NDArray[np.int32] = np.empty(2 * len(firsts) + 1, dtype=np.int32)
    offsets[0:-1:2], offsets[1::2], offsets[-1] = firsts, ends, ends[-1] if len(ends) else 0
    whole = pa.Array.from_buffers(
        pa.string(), 2 * len(firsts), [None, pa.py_buffer(offsets), pa.py_buffer(data)]
    )
    return whole.take(pa.array(np.arange(len(firsts)) * 2))
