"""Which convention a text follows, told by its blank lines and its indented lines."""

import re
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
_MARKUP: Final = re.compile(rb"<(?:!doctype\s+html|html|\?xml)\b", re.IGNORECASE)
_LOOKED_AT: Final = 64  # bytes


def layouts(batch: Batch, lines: Lines) -> Codes:
    """The layout of each text, an index into `LAYOUTS`.

    Gapped: nearly every line stands after a blank one and nearly none is indented. A text of one or two lines
    shows no convention. The source of a page is a dump whatever its lines are like.
    """
    count = np.diff(lines.first)
    parted = _per_text(lines, (lines.gap > 0) | lines.opens)
    opener = batch.buffer[lines.start]
    indented = _per_text(lines, (opener == ord(" ")) | (opener == ord("\t")))
    gapped = (parted > _PARTED * count) & (indented < _INDENTED * np.maximum(count, 1))
    told = np.where(count < _TOO_FEW, UNKNOWN, np.where(gapped, GAPPED, DUMP)).astype(np.uint8)
    for place in np.flatnonzero(batch.buffer[batch.starts] == ord("<")).tolist():
        start = int(batch.starts[place])
        if is_markup(batch.buffer[start : start + _LOOKED_AT].tobytes()):
            told[place] = DUMP
    return told


def is_markup(text: bytes) -> bool:
    """Whether a text begins as HTML or XML do: it is the source of a page."""
    return _MARKUP.match(text) is not None


def _per_text(lines: Lines, marked: Flags) -> Ints:
    return np.bincount(lines.text[marked], minlength=len(lines.first) - 1)
