"""Runs of three words of a text, by which near copies are told: as numbers for many texts, as words for two."""

from itertools import islice
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from builder.parse.arrays import Bytes, Hashes, Ints
from builder.parse.fold import END, words
from builder.tables.copies.hashing import hashes, mixed

Small = NDArray[np.uint32]

SIZE: Final = 3  # words
LEAST_WORDS: Final = 8
"""Shorter texts are copies only where they are exact ones: a word changed at an end leaves less than `ALIKE`."""
ALIKE: Final = 0.7
"""The least share of common shingles (Jaccard) that makes a near copy."""
_TURNS: Final = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xD6E8FEB86659FD93], dtype=np.uint64)
_SPACE: Final = 0x20


def shingle_hashes(data: Bytes, ends: Ints) -> tuple[Small, Ints]:
    """The shingles of texts end to end (see `builder.parse.fold.words`) that are long enough, each once.

    Returns their numbers, text by text and ascending, and how many each text has: none where it is too short.
    """
    between = np.concatenate([[True], (data == _SPACE) | (data == END[0])])
    starts = np.flatnonzero(between[:-1] & ~between[1:])
    word = hashes(data, starts, np.flatnonzero(~between[:-1] & between[1:]) - starts)
    last = np.searchsorted(starts, ends)
    return _distinct(word, last, np.diff(last, prepend=0))


def _distinct(word: Hashes, last: Ints, counts: Ints) -> tuple[Small, Ints]:
    long = np.flatnonzero(counts >= LEAST_WORDS)
    number = counts[long] - (SIZE - 1)
    text = np.repeat(np.arange(len(long)), number)
    begins = last[long] - counts[long]
    first = np.arange(number.sum()) + np.repeat(begins - (np.cumsum(number) - number), number)
    three = word[first] * _TURNS[0] + word[first + 1] * _TURNS[1] + word[first + 2] * _TURNS[2]
    keyed = np.sort((text.astype(np.uint64) << np.uint64(32)) | (mixed(three) >> np.uint64(32)))
    once = keyed[np.flatnonzero(np.diff(keyed, prepend=~np.uint64(0)))]
    found = np.zeros(len(counts), dtype=np.int64)
    found[long] = np.bincount((once >> np.uint64(32)).astype(np.int64), minlength=len(long))
    return once.astype(np.uint32), found


def alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether two texts have enough of their shingles in common."""
    common = len(one & other)
    return common >= ALIKE * (len(one) + len(other) - common) > 0


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The shingles of a text; none where it is too short for near copies."""
    said = words(pa.array([text], pa.string())).removesuffix(END).decode().split()
    if len(said) < LEAST_WORDS:
        return frozenset()
    return frozenset(zip(*(islice(said, first, None) for first in range(SIZE)), strict=False))
