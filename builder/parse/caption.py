"""Which second line of an article is the caption of its picture.

No page with gold known to us has a caption, so this is a rule and not learnt: a caption is short, does not end
as a sentence does, follows the headline closely, and an article follows it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from builder.parse.alphabet import Char
from builder.parse.arrays import Flags, Floats, Ints
from builder.parse.features import Features
from builder.parse.lines import Lines

_LONGEST: Final = 200  # characters
_SHORT: Final = 100
_CLOSED = np.zeros(len(Char), dtype=np.bool_)
_CLOSED[
    [Char.DOT, Char.EXCLAMATION, Char.QUESTION, Char.ELLIPSIS, Char.COLON, Char.COMMA, Char.SEMICOLON]
] = True
_LIKELY, _POSSIBLE = 0.9, 0.7


@dataclass(frozen=True)
class Captions:
    """The lines that are captions, and how sure that is."""

    line: Ints
    probability: Floats


def find_captions(lines: Lines, seen: Features, in_article: Flags) -> Captions:
    """At most one line a text; `in_article` says which lines are of the article."""
    second = lines.first[:-1][np.diff(lines.first) > 2] + 1
    last = seen.codes["last"]
    fits = in_article[second] & in_article[second + 1] & (lines.gap[second] == 1) & ~_CLOSED[last[second]]
    fits &= (seen.length[second] <= _LONGEST) & (seen.length[second + 1] > seen.length[second])
    found = second[fits]
    sure = (seen.length[found] <= _SHORT) & _CLOSED[last[found + 1]]
    return Captions(found, np.where(sure, _LIKELY, _POSSIBLE))
