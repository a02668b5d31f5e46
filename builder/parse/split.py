"""Where the article ends: every block is a candidate, and all of them are weighed against each other."""

from dataclasses import dataclass

import numpy as np

from builder.parse.arrays import Flags, Floats, Ints
from builder.parse.blocks import Blocks
from builder.parse.model import SCALE, Grammar

_UNIT = (
    1 << 40
)  # probabilities are summed as whole numbers of this fineness, so that no sum depends on its order


@dataclass(frozen=True)
class Split:
    """For each block: does it open the comments, is it of the comments, and how probable is the latter."""

    is_first: Flags
    is_comments: Flags
    reached: Floats


def choose_split(blocks: Blocks, article: Ints, entered: Ints, opened: Ints, grammar: Grammar) -> Split:
    """Weigh all places where the comments may open.

    Args:
        blocks: the blocks of all texts.
        article: [block] its score as a part of the article.
        entered: [block] its score as comments that follow other comments.
        opened: [block] its score as the first comments.
        grammar: the weights of captures without an article, a bare headline, no comments.
    """
    texts = np.flatnonzero(blocks.opens)
    text = np.cumsum(blocks.opens) - 1
    score = _before(article, texts, text) + opened + _after(entered, texts, text) + _special(blocks, grammar)
    whole = np.add.reduceat(article, texts) + grammar.no_comments if len(texts) else article
    best = np.maximum(np.maximum.reduceat(score, texts), whole) if len(texts) else whole
    weight = _weights(score - best[text])
    total = (np.add.reduceat(weight, texts) if len(texts) else weight) + _weights(whole - best)
    reached = np.cumsum(weight) - _base(np.cumsum(weight) - weight, texts, text)
    is_first = _first_best(score == best[text], text)
    running = np.cumsum(is_first)
    return Split(is_first, running > _base(running - is_first, texts, text), reached / total[text])


def _weights(score: Ints) -> Ints:
    weight: Ints = np.rint(np.exp(score / SCALE) * _UNIT).astype(np.int64)
    return weight


def _base(running: Ints, texts: Ints, text: Ints) -> Ints:
    """The value of a running sum where each block's text begins."""
    return running[texts][text]


def _before(article: Ints, texts: Ints, text: Ints) -> Ints:
    """The sum over the blocks of the text that come before each one."""
    running = np.cumsum(article) - article
    return running - _base(running, texts, text)


def _after(entered: Ints, texts: Ints, text: Ints) -> Ints:
    """The sum over the blocks of the text that come after each one."""
    running = np.cumsum(entered)
    ends = np.append(texts[1:], len(running)) - 1 if len(texts) else texts
    return running[ends][text] - running


def _special(blocks: Blocks, grammar: Grammar) -> Ints:
    second = np.zeros(len(blocks), dtype=np.bool_)
    second[1:] = blocks.opens[:-1] & (blocks.runs.length[:-1] == 1)
    second &= ~blocks.opens
    return np.where(blocks.opens, grammar.all_comments, np.where(second, grammar.bare_headline, 0))


def _first_best(best: Flags, text: Ints) -> Flags:
    """The first of each text's equally good candidates; none where no comments at all is better."""
    places = np.flatnonzero(best)
    first = np.zeros(len(best), dtype=np.bool_)
    first[places[np.diff(text[places], prepend=-1) > 0]] = True
    return first
