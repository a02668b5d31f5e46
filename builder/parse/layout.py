"""Which convention a text follows, told by its blank lines and its indented lines."""

from typing import Final

import numpy as np

from builder.parse.arrays import Codes, Flags, Ints
from builder.parse.batch import Batch
from builder.parse.lines import Lines

LAYOUTS: Final = ("gapped", "dump", "unknown")
GAPPED, DUMP, UNKNOWN = range(len(LAYOUTS))
# Measured on 321 renderings of real pages: the two shares put one page in the wrong family.
_PARTED: Final = 0.97
_INDENTED: Final = 0.02
_TOO_FEW: Final = 3  # lines with text


def layouts(batch: Batch, lines: Lines) -> Codes:
    """The layout of each text, an index into `LAYOUTS`.

    Gapped: nearly every line stands after a blank one and nearly none is indented. A text of one or two lines
    shows no convention.
    """
    count = np.diff(lines.first)
    parted = _per_text(lines, (lines.gap > 0) | lines.opens)
    opener = batch.buffer[lines.start]
    indented = _per_text(lines, (opener == ord(" ")) | (opener == ord("\t")))
    gapped = (parted > _PARTED * count) & (indented < _INDENTED * np.maximum(count, 1))
    return np.where(count < _TOO_FEW, UNKNOWN, np.where(gapped, GAPPED, DUMP)).astype(np.uint8)


def _per_text(lines: Lines, marked: Flags) -> Ints:
    return np.bincount(lines.text[marked], minlength=len(lines.first) - 1)
