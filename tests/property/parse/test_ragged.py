"""Flat arrays of runs and counts do what lists of lists would do."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from builder.parse.ragged import Runs, contiguous, keys
from builder.parse.rank import characters

FLAGS = st.lists(st.booleans(), max_size=300)
LETTERS = st.lists(st.integers(0, 3), min_size=1, max_size=12)
WORDS = st.lists(st.one_of(LETTERS, st.lists(st.integers(0, 0xFFFF), min_size=1, max_size=12)), max_size=12)


def flags(values: list[bool]) -> np.ndarray:
    """Marks as an array."""
    return np.array(values, dtype=np.bool_)


def laid(words: list[list[int]]) -> tuple[np.ndarray, Runs]:
    """Words back to back, and where they are."""
    values = np.array([letter for word in words for letter in word], dtype=np.uint16)
    return values, contiguous(np.array([len(word) for word in words], dtype=np.int64))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=150))
def test_positions_become_code_points(text: str) -> None:
    """Position minus count is the number of the code point that begins there."""
    buffer = np.frombuffer(text.encode(), dtype=np.uint8)
    starts = np.array([len(text[:place].encode()) for place in range(len(text) + 1)], dtype=np.int64)
    assert (starts - characters(buffer).count(starts)).tolist() == list(range(len(text) + 1))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), max_size=12))
def test_runs_know_their_elements(parts: list[tuple[int, int]]) -> None:
    """Owner, place and position of every element are those of nested loops, with room between runs or without."""
    start, place = [], 0
    for skipped, length in parts:
        start.append(place + skipped)
        place += skipped + length
    runs = Runs(np.array(start, dtype=np.int64), np.array([length for _, length in parts], dtype=np.int64))
    wanted = [
        (number, start[number] + step, step)
        for number, (_, length) in enumerate(parts)
        for step in range(length)
    ]
    found = zip(runs.owner().tolist(), runs.places().tolist(), runs.position().tolist(), strict=True)
    assert list(found) == wanted


@given(WORDS)
def test_keys_are_equal_for_equal_runs_alone(words: list[list[int]]) -> None:
    """Up to twelve elements two runs have one key if and only if they are equal, whatever stands around them."""
    found = keys(*laid(words)).tolist()
    for one, word in zip(found, words, strict=True):
        assert [one == other for other in found] == [word == other for other in words]
        assert keys(*laid([word])).tolist() == [one]


@given(LETTERS, st.lists(st.integers(0, 0xFFFF), min_size=9, max_size=30))
def test_long_keys_depend_on_their_run_alone(word: list[int], longer: list[int]) -> None:
    """The key of a long run is the same at any place of an array, and another one at another length."""
    found = keys(*laid([longer, word, longer, [*longer, longer[-1]]])).tolist()
    assert found[0] == found[2]
    assert found[0] != found[3]


def test_no_two_of_many_short_words_share_a_key() -> None:
    """All words of up to twelve letters over two letters, and of up to six over four, have keys of their own."""
    words = [list(word) for size in range(1, 13) for word in product((0, 1), repeat=size)]
    words += [
        list(word) for size in range(1, 7) for word in product((0x61, 0x62, 0x430, 0xFFFF), repeat=size)
    ]
    assert len(set(keys(*laid(words)).tolist())) == len(words)
