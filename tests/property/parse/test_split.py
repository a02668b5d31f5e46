"""The end of the article is the best of all places where it could be, and as probable as it is."""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from builder.parse.blocks import Blocks
from builder.parse.model import SCALE, Grammar
from builder.parse.ragged import contiguous
from builder.parse.split import choose_split

SCORES = st.integers(-3 * SCALE, 3 * SCALE)
EQUAL = [(0, 0, 0, 2)] * 3
BLOCK = st.tuples(SCORES, SCORES, SCORES, st.integers(1, 2))
TEXTS = st.lists(st.lists(BLOCK, min_size=1, max_size=6), max_size=4)


def grammar(specials: tuple[int, int, int]) -> Grammar:
    """Weights of captures that lack a part; the others do not matter here."""
    none = np.zeros(0, dtype=np.int64)
    return Grammar(none, none, none, none, none, *specials)


def blocks_of(texts: list[list[tuple[int, int, int, int]]]) -> Blocks:
    """The blocks of some texts; only where texts begin and how long blocks are matters here."""
    flat = [block for text in texts for block in text]
    runs = contiguous(np.array([block[3] for block in flat], dtype=np.int64))
    opens = np.array([number == 0 for text in texts for number in range(len(text))], dtype=np.bool_)
    zeros = np.zeros(len(flat), dtype=np.int64)
    return Blocks(runs, zeros, zeros, opens, runs, zeros)


def weigh(text: list[tuple[int, int, int, int]], specials: tuple[int, int, int]) -> list[int]:
    """The score of opening the comments at each block, and last that of no comments at all."""
    all_comments, bare_headline, no_comments = specials
    scores = []
    for place in range(len(text)):
        score = (
            sum(block[0] for block in text[:place])
            + text[place][2]
            + sum(block[1] for block in text[place + 1 :])
        )
        score += all_comments if place == 0 else bare_headline if place == 1 and text[0][3] == 1 else 0
        scores.append(score)
    return [*scores, sum(block[0] for block in text) + no_comments]


def column(texts: list[Any], number: int) -> np.ndarray:
    """One score of every block."""
    return np.array([block[number] for text in texts for block in text], dtype=np.int64)


def running(values: Iterable[float]) -> list[float]:
    """The running sum."""
    return np.cumsum(list(values)).tolist()


@given(TEXTS, st.tuples(SCORES, SCORES, SCORES))
@example([EQUAL, EQUAL], (0, 0, 0))
@example([EQUAL, EQUAL], (0, 0, 1))
def test_the_best_place_is_taken_and_weighed_against_all(
    texts: list[list[tuple[int, int, int, int]]], specials: tuple[int, int, int]
) -> None:
    """The first of the best places opens the comments; a block is of them as probably as any place up to it."""
    found = choose_split(
        blocks_of(texts), column(texts, 0), column(texts, 1), column(texts, 2), grammar(specials)
    )
    is_first: list[bool] = []
    reached: list[float] = []
    for text in texts:
        scores = weigh(text, specials)
        best = max(scores)
        opening = scores.index(best)
        is_first += [place == opening for place in range(len(text))]
        weights = [math.exp((score - best) / SCALE) for score in scores]
        reached += running(weight / sum(weights) for weight in weights[:-1])
    assert found.is_first.tolist() == is_first
    assert np.allclose(found.reached, reached, rtol=0, atol=1e-9)
    place = 0
    for text in texts:
        here = slice(place, place + len(text))
        assert found.is_comments[here].tolist() == np.logical_or.accumulate(is_first[here]).tolist()
        place += len(text)
