"""Words that tell a line of talk from a name: function words, greetings, farewells, persons, particles of names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntFlag

import numpy as np

from builder.parse.alphabet import lower
from builder.parse.arrays import Codes, Hashes, Ints
from builder.parse.ragged import contiguous, keys

_HIGH = np.uint64(48)


class Word(IntFlag):
    """What a word can be; a word can be several of these."""

    FUNCTION = 1
    PARTICLE = 2
    FAREWELL = 4
    GREETING = 8
    PERSON = 16
    ADDRESS = 32


@dataclass(frozen=True)
class Lexicon:
    """Known words.

    Attributes:
        known: their hashes in ascending order.
        word: what each of them is.
        longest: the length of the longest.
        first: for every value of a hash's high bits, the place of the first known hash that is not below it.
        deepest: how many known hashes share their high bits at most.
    """

    known: Hashes
    word: Codes
    longest: int
    first: Ints
    deepest: int

    def look_up(self, wanted: Hashes) -> Codes:
        """What the word of each hash is; 0 for a word that is not known."""
        found = np.zeros(len(wanted), dtype=np.uint8)
        place = self.first.take((wanted >> _HIGH).astype(np.int64))
        for step in range(self.deepest):
            hit = self.known.take(place + step, mode="clip") == wanted
            found += hit * self.word.take(place + step, mode="clip")
        return found


def make_lexicon(words: Mapping[str, Iterable[str]]) -> Lexicon:
    """The lexicon of lists of words by kind (`function`, `particle`, ...)."""
    flags: dict[str, int] = {}
    for kind, entries in words.items():
        for entry in entries:
            flags[entry] = flags.get(entry, 0) | Word[kind.upper()]
    known = word_hashes(list(flags))
    order = np.argsort(known)
    high = (known[order] >> _HIGH).astype(np.int64)
    return Lexicon(
        known[order],
        np.array(list(flags.values()), dtype=np.uint8)[order],
        max(map(len, flags)),
        np.searchsorted(high, np.arange(1 << 16)),
        int(np.bincount(high).max()),
    )


def word_hashes(words: list[str]) -> Hashes:
    """The hash of each word in lower case, as the parser finds it in a capture."""
    points = np.frombuffer("".join(words).encode("utf-32-le"), dtype="<u4").astype(np.uint32)
    return keys(lower(points), contiguous(np.array([len(word) for word in words], dtype=np.int64)))
