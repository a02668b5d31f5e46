"""Captures in which blank lines part everything: where the article ends, who wrote what, and how sure that is."""

from dataclasses import dataclass
from functools import reduce

import numpy as np

from builder.parse.arrays import Floats, Ints
from builder.parse.blocks import Blocks, factors, find_blocks
from builder.parse.chain import Potentials, Steps, backward, by_state, chosen, forward, in_step
from builder.parse.lines import Lines
from builder.parse.model import CHAIN, SCALE, Grammar
from builder.parse.split import Split, choose_split

# An author needs a first paragraph; after that the comment goes on, or the next author comes.
ALLOWED = np.array([[0, 1, 0], [1, 0, 1], [1, 0, 1]], dtype=np.bool_)
_MORE = CHAIN.index("more")


@dataclass(frozen=True)
class Decoded:
    """A state for every line, an index into `STATES`, and the probability of it."""

    state: Ints
    probability: Floats


def decode_gapped(lines: Lines, emission: Ints, grammar: Grammar) -> Decoded:
    """Decode texts of the gapped convention; `emission` is [line, state]."""
    blocks = find_blocks(lines)
    top = reduce(np.maximum, emission[:, 1:].T)
    steps = in_step(blocks.piece)
    potentials = _potentials(steps, lines, (emission[:, 1:].T - top).T, blocks, grammar)
    ahead, log_scale = backward(steps, potentials)
    first = _first_places(steps)
    lies_ahead = potentials.emission[first] * ahead[first]
    split = choose_split(
        blocks,
        article=_article_scores(blocks, emission[:, 0], grammar),
        entered=_entered(blocks, grammar.start, lies_ahead, log_scale[first], top),
        opened=_entered(blocks, _opening(grammar), lies_ahead, log_scale[first], top),
        grammar=grammar,
    )
    thread, places = chosen(steps, split.is_comments[blocks.owner])
    start = _starts(blocks, split, grammar)[thread.run]
    chance, path = forward(thread, potentials.at(places), by_state(start), by_state(ahead.T[:, places].T))
    return _merge(thread, lines, blocks, split, chance[np.arange(len(path)), path], path)


def _first_places(steps: Steps) -> Ints:
    """The place of each piece's first line, in the order of the pieces."""
    place = np.empty(len(steps.run), dtype=np.int64)
    place[steps.run] = np.arange(len(steps.run))
    return place


def _potentials(steps: Steps, lines: Lines, chain: Ints, blocks: Blocks, grammar: Grammar) -> Potentials:
    ends = np.where(blocks.ends[:, None], factors(grammar.end), 1.0)
    kind = np.minimum(lines.gap[steps.line], 1)
    emission = factors(chain.T[:, steps.line]).T
    return Potentials(emission, factors(grammar.within), kind, by_state(ends[steps.run]), ALLOWED)


def _article_scores(blocks: Blocks, paragraph: Ints, grammar: Grammar) -> Ints:
    inside: Ints = (
        np.add.reduceat(paragraph, blocks.runs.start) if len(blocks) else np.zeros(0, dtype=np.int64)
    )
    inside += np.where(blocks.opens, 0, grammar.article[blocks.gap])
    return inside


def _opening(grammar: Grammar) -> Ints:
    """The weights of the first line of all comments: it cannot go on with a comment."""
    weights = grammar.split.copy()
    weights[:, _MORE] = -(1 << 20)
    return weights


def _entered(blocks: Blocks, weights: Ints, lies_ahead: Floats, log_scale: Floats, top: Ints) -> Ints:
    """The score of each block as comments, entered by `weights`: a logarithm over all ways, times `SCALE`."""
    entry = np.where(blocks.begins, factors(weights).T.take(blocks.gap[blocks.owner], axis=1), 1.0)
    total = reduce(np.add, entry * lies_ahead.T)
    # Rounded to a whole number here, so that no later sum depends on its order.
    pieces = np.rint((np.log(total) + log_scale) * SCALE).astype(np.int64)
    whole = np.zeros(len(blocks), dtype=np.int64)
    np.add.at(whole, blocks.owner, pieces)
    return whole + (np.add.reduceat(top, blocks.runs.start) if len(blocks) else 0)


def _starts(blocks: Blocks, split: Split, grammar: Grammar) -> Floats:
    """[piece, state]: the factors by which each piece is entered."""
    opened = factors(_opening(grammar))[blocks.gap]
    entered = factors(grammar.start)[blocks.gap]
    whole = np.where(split.is_first[:, None], opened, entered)[blocks.owner]
    return np.where(blocks.begins[:, None], whole, 1.0)


def _merge(steps: Steps, lines: Lines, blocks: Blocks, split: Split, chance: Floats, path: Ints) -> Decoded:
    state = np.zeros(len(lines), dtype=np.int64)
    sure = np.ones(len(lines))
    state[steps.line] = path + 1
    sure[steps.line] = chance
    block = blocks.of_line()
    commented = split.is_comments[block]
    probability = np.where(commented, split.reached[block] * sure, 1.0 - split.reached[block])
    return Decoded(state, probability)
