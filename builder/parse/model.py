"""The weights a parse is made with: whole numbers, so that equal input gives equal sums on any machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from builder.parse.arrays import Ints
from builder.parse.features import AFTER, BEFORE, LEVELS, OWN
from builder.parse.gaps import GAPS
from builder.parse.lexicon import Lexicon, make_lexicon

SCALE: Final = 1024  # one unit of natural logarithm
STATES: Final = ("paragraph", "author", "first", "more")
CHAIN: Final = STATES[1:]  # the states of the lines of comments
EDGE: Final = "no line"
# Every look at a line: its own features, and those of its neighbours.
LOOKS: Final = (*OWN, *(f"before {name}" for name in BEFORE), *(f"after {name}" for name in AFTER))


@dataclass(frozen=True)
class Grammar:
    """What gaps and neighbours say, as log weights times `SCALE`.

    Attributes:
        within: [gap 0 or 1, from, to] over the states of comments, for lines of one block.
        start: [gap, state] of the first line of a block of comments.
        split: [gap, state] of the first line of all comments.
        article: [gap] of a block of the article after another one.
        end: [state] of a block's last line.
        all_comments: of a capture whose first line is a comment's.
        bare_headline: of an article that is nothing but its headline.
        no_comments: of a capture without comments.
    """

    within: Ints
    start: Ints
    split: Ints
    article: Ints
    end: Ints
    all_comments: int
    bare_headline: int
    no_comments: int


@dataclass(frozen=True)
class Model:
    """All that a parse depends on beside the capture.

    Attributes:
        tables: for each look at a line, the weights [code, state] of what it shows.
        grammar: the weights of gaps and of what follows what.
        lexicon: the words that are known.
    """

    tables: Mapping[str, NDArray[np.int32]]
    grammar: Grammar
    lexicon: Lexicon


def codes_of(look: str) -> tuple[str, ...]:
    """The names of the codes of a look at a line; at a neighbour there may be no line."""
    place, _, name = look.rpartition(" ")
    return (*LEVELS[name], EDGE) if place else LEVELS[name]


def make_model(weights: Mapping[str, Any], words: Mapping[str, Sequence[str]]) -> Model:
    """The model in the values of the weights file and the lexicon; raises `KeyError` where a weight is missing."""
    tables = {
        look: np.array(
            [[weights["looks"][look][code][s] for s in range(4)] for code in codes_of(look)], np.int32
        )
        for look in LOOKS
    }
    return Model(tables, _grammar(weights["grammar"]), make_lexicon(words))


def _grammar(weights: Mapping[str, Any]) -> Grammar:
    def of_gaps(name: str) -> Ints:
        return np.array([weights[name][gap] for gap in GAPS], dtype=np.int64)

    return Grammar(
        within=np.array([weights["within"][gap] for gap in GAPS[:2]], dtype=np.int64),
        start=of_gaps("start"),
        split=of_gaps("split"),
        article=of_gaps("article"),
        end=np.array(weights["end"], dtype=np.int64),
        all_comments=int(weights["all_comments"]),
        bare_headline=int(weights["bare_headline"]),
        no_comments=int(weights["no_comments"]),
    )
