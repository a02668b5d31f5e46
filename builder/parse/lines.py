"""The lines of a batch that hold text, with the blank lines between them."""

from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np

from builder.parse.arrays import Bytes, Flags, Ints
from builder.parse.batch import Batch

_SLICE = 1 << 20  # bytes
# A line of white space alone begins and ends with one of these bytes (UTF-8 white space of one to three bytes).
_OPENS_SPACE = np.zeros(256, dtype=np.bool_)
_OPENS_SPACE[[0x09, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x1F, 0x20, 0xC2, 0xE1, 0xE2, 0xE3]] = True


@dataclass(frozen=True)
class Lines:
    """Lines with text, in the order of the buffer.

    Attributes:
        text: which text of the batch each line belongs to.
        start: where its first byte lies in the buffer.
        end: where it ends, without its line end.
        gap: how many blank lines stand before it (since the line before, or since the text's start).
        first: for each text of the batch, the place of its first line; one more than texts, so that
            `first[k]:first[k + 1]` are the lines of text k.
    """

    text: Ints
    start: Ints
    end: Ints
    gap: Ints
    first: Ints

    def __len__(self) -> int:
        """The number of lines with text."""
        return len(self.start)

    @cached_property
    def opens(self) -> Flags:
        """Which lines are the first of their text."""
        marks = np.zeros(len(self), dtype=np.bool_)
        marks[self.first[:-1][np.diff(self.first) > 0]] = True
        return marks


def places_of(buffer: Bytes, signs: bytes) -> Ints:
    """Where any of some bytes stand; looked for by slices, because a comparison as long as a large buffer is slow."""
    parts = ((start, buffer[start : start + _SLICE]) for start in range(0, len(buffer), _SLICE))
    found = [
        np.flatnonzero(reduce(np.logical_or, [part == sign for sign in signs])) + start
        for start, part in parts
    ]
    return np.concatenate([np.zeros(0, dtype=np.int64), *found])


def split_lines(batch: Batch) -> Lines:
    """Find the lines of every text that hold something else than white space."""
    ends = places_of(batch.buffer, b"\n")
    starts = np.concatenate([[0], ends[:-1] + 1])[: len(ends)].astype(np.int64)
    filled = _filled(batch.buffer, starts, ends)
    start, end = starts[filled], ends[filled]
    first = np.searchsorted(start, np.append(batch.starts, len(batch.buffer)))
    text = np.repeat(np.arange(len(batch)), np.diff(first))
    before = np.concatenate([[-1], filled[:-1]])[: len(filled)]
    opens = first[:-1][np.diff(first) > 0]
    before[opens] = np.searchsorted(starts, batch.starts[text[opens]]) - 1
    return Lines(text, start, end, filled - before - 1, first)


def _filled(buffer: Bytes, starts: Ints, ends: Ints) -> Ints:
    """The numbers of the lines that are not blank."""
    filled = ends > starts
    for number in np.flatnonzero(_OPENS_SPACE.take(buffer[starts])):
        filled[number] = not _is_blank(buffer[starts[number] : ends[number]])
    return np.flatnonzero(filled)


def _is_blank(line: Bytes) -> bool:
    # No run of white space longer than this is worth reading whole before the first 64 bytes said no.
    head = line[:64].tobytes().decode("utf-8", errors="ignore")
    return head.isspace() and line.tobytes().decode("utf-8").isspace()
