"""Runs of lines that no wide gap parts: the article or the comments go on within a block, and change between two."""

from dataclasses import dataclass

import numpy as np

from builder.parse.arrays import Flags, Floats, Ints
from builder.parse.gaps import JOINED, gap_codes
from builder.parse.lines import Lines
from builder.parse.model import SCALE
from builder.parse.ragged import Runs

LONGEST = 2048  # lines; a longer block is decoded in pieces, so that one capture cannot make all others wait


@dataclass(frozen=True)
class Blocks:
    """The blocks of a batch in the order of the lines.

    Attributes:
        runs: the lines of each block.
        text: the text that each block belongs to.
        gap: the code of the gap before it.
        opens: whether it is the first of its text.
        piece: the runs that are decoded in one go; every block is one or several of them.
        owner: the block of each piece.
    """

    runs: Runs
    text: Ints
    gap: Ints
    opens: Flags
    piece: Runs
    owner: Ints

    def __len__(self) -> int:
        """The number of blocks."""
        return len(self.runs)

    @property
    def begins(self) -> Flags:
        """Which pieces are the first of their block."""
        return np.diff(self.owner, prepend=-1) > 0

    @property
    def ends(self) -> Flags:
        """Which pieces are the last of their block."""
        return np.diff(self.owner, append=len(self)) > 0

    def of_line(self) -> Ints:
        """The block of each line."""
        return self.runs.owner()


def find_blocks(lines: Lines) -> Blocks:
    """Part the lines at every gap wider than one blank line."""
    opens = lines.opens
    start = np.flatnonzero(opens | (lines.gap > JOINED))
    runs = Runs(start, np.diff(np.append(start, len(lines))))
    pieces = -(-runs.length // LONGEST)
    owner = np.repeat(np.arange(len(runs)), pieces)
    number = Runs(np.zeros(len(runs), dtype=np.int64), pieces).position()
    piece = Runs(start[owner] + number * LONGEST, np.minimum(runs.length[owner] - number * LONGEST, LONGEST))
    return Blocks(
        runs, lines.text[start], gap_codes(lines.gap[start]).astype(np.int64), opens[start], piece, owner
    )


def factors(weights: Ints) -> Floats:
    """Log weights times `SCALE` as plain factors."""
    return np.exp(weights / SCALE)
