"""The weights as one vector, with what is known of them before any training."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from builder.parse.arrays import Floats
from builder.parse.gaps import GAPS
from builder.parse.model import LOOKS, SCALE, STATES, codes_of

# What a line of an article is told by: how it reads. How a name looks is no business of the article's.
ARTICLE_LOOKS: Final = frozenset(
    {"length", "first", "last", "calls", "talk", "repeats", "shape", "form", "face", "inside", "name"}
)
# How freely a weight may leave what was expected of it: the inverse variance of a normal distribution around it.
STRICT: Final = {"looks": 4.0, "article": 16.0, "grammar": 0.02}
_FIXED: Final = {"all_comments": -8.0, "bare_headline": -4.0}
_BLOCKS: Final[Mapping[str, tuple[int, ...]]] = {
    "within": (2, 3, 3),
    "start": (7, 3),
    "split": (7, 3),
    "article": (7,),
    "end": (3,),
    "no_comments": (1,),
}


@dataclass(frozen=True)
class Parameters:
    """The vector taken apart; the arrays are views of it."""

    looks: Mapping[str, Floats]
    grammar: Mapping[str, Floats]


def size() -> int:
    """The length of the vector."""
    shapes = [(len(codes_of(look)), len(STATES)) for look in LOOKS] + list(_BLOCKS.values())
    return int(sum(np.prod(shape) for shape in shapes))


def apart(vector: Floats) -> Parameters:
    """Take a vector apart."""
    named = {**{look: (len(codes_of(look)), len(STATES)) for look in LOOKS}, **_BLOCKS}
    parts: dict[str, Floats] = {}
    place = 0
    for name, shape in named.items():
        size_of_it = int(np.prod(shape))
        parts[name] = vector[place : place + size_of_it].reshape(shape)
        place += size_of_it
    return Parameters({look: parts[look] for look in LOOKS}, {name: parts[name] for name in _BLOCKS})


def expected() -> Floats:
    """What the convention itself says, in natural logarithms.

    A lost author leaves one more blank line, a lost paragraph two more, the article's end one more. So in an
    article no gap is even; a gap of two among comments stands before a lost author, one of three does not; the
    first comment has its author after two or four blank lines and has lost it after three or five.
    """
    vector = np.zeros(size())
    grammar = apart(vector).grammar
    author, first, more = range(3)
    never, sure, likely = -12.0, -5.0, -3.0
    grammar["article"][2] = never
    grammar["article"][[4, 6]] = never / 1.5
    grammar["start"][2, [author, more]] = sure
    grammar["start"][3, first] = likely
    grammar["start"][4, [author, more]] = likely
    grammar["split"][2, first] = grammar["split"][3, author] = sure
    grammar["split"][[4, 6], first] = grammar["split"][5, author] = likely
    grammar["within"][0, :, author] = likely  # lines that nothing parts belong together
    grammar["within"][0, author, first] = -1.0
    grammar["no_comments"][:] = likely
    grammar["end"][author] = -2.0  # an author without a comment
    return vector


def strictness() -> Floats:
    """How strictly each weight is held to what is expected of it."""
    vector = np.full(size(), STRICT["grammar"])
    for table in apart(vector).looks.values():
        table[:, 0] = STRICT["article"]
        table[:, 1:] = STRICT["looks"]
    return vector


def trainable() -> Floats:
    """1 for a weight that training may change, 0 for one that is not used."""
    vector = np.ones(size())
    for look, table in apart(vector).looks.items():
        table[:, 0] = float(look in ARTICLE_LOOKS)
    apart(vector).grammar["split"][:, 2] = 0.0
    return vector


def as_weights(vector: Floats) -> dict[str, Any]:
    """The values of a weights file: whole numbers, log times `SCALE`, under names that a person can read."""
    parameters = apart(np.rint(vector * SCALE))
    looks = {
        look: dict(zip(codes_of(look), table.astype(int).tolist(), strict=True))
        for look, table in parameters.looks.items()
    }
    grammar: dict[str, Any] = {
        "end": parameters.grammar["end"].astype(int).tolist(),
        "no_comments": int(parameters.grammar["no_comments"][0]),
    }
    for name in ("within", "start", "split", "article"):
        grammar[name] = dict(zip(GAPS, parameters.grammar[name].astype(int).tolist(), strict=False))
    grammar.update({name: int(value * SCALE) for name, value in _FIXED.items()})
    return {"scale": SCALE, "states": list(STATES), "looks": looks, "grammar": grammar}
