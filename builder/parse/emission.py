"""How well each line fits each state, looked up and added in whole numbers."""

import numpy as np

from builder.parse.arrays import Codes, Flags, Ints
from builder.parse.features import LEVELS, Features
from builder.parse.lines import Lines
from builder.parse.model import LOOKS, STATES, Model


def emissions(lines: Lines, seen: Features, model: Model) -> Ints:
    """[line, state]: the weights of all that is seen of a line, log times `SCALE`."""
    total = np.zeros((len(lines), len(STATES)), dtype=np.int32)
    opens = lines.opens
    for look in LOOKS:
        total += model.tables[look].take(look_codes(look, seen, opens), axis=0)
    return total.astype(np.int64, order="F")


def look_codes(look: str, seen: Features, opens: Flags) -> Codes:
    """What a look shows of each line: a feature of its own or of a neighbour in the same text."""
    place, _, name = look.rpartition(" ")
    codes, edge = seen.codes[name], len(LEVELS[name])
    if place == "before":
        shifted = np.append(np.uint8(edge), codes[:-1])[: len(codes)]
        return np.where(opens, edge, shifted).astype(np.uint8)
    if place == "after":
        shifted = np.append(codes[1:], np.uint8(edge))[: len(codes)]
        return np.where(np.append(opens[1:], True)[: len(codes)], edge, shifted).astype(np.uint8)
    return codes
