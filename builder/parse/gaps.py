"""What the number of blank lines between two lines says.

Where an extractor of this convention drops something, blank lines stay: a lost author leaves one more, a lost
paragraph two more, the end of the article one more. So even and odd gaps mean different things.
"""

from typing import Final

import numpy as np

from builder.parse.arrays import Codes, Ints

GAPS: Final = ("none", "one", "two", "three", "four", "five or odd", "six or even")
JOINED: Final = 1  # up to this gap two lines may be of one block
SWALLOWED: Final = 3  # from this gap on, something of the thread itself was lost


def gap_codes(gap: Ints) -> Codes:
    """The code of each gap: 0 to 4 blank lines as they are, above that odd (5) or even (6)."""
    return np.where(gap < 5, gap, 6 - gap % 2).astype(np.uint8)
