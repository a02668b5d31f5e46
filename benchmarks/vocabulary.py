"""Invented words and commenters' names, drawn so often as words are in English."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

FREQUENT = (
    "the of and to in a is that it was for on are as with his they at be this from have or by "
    "one had not but what all were when we there can an your which their said if do will each "
    "about how up out them then she many some so these would other into has more her two like "
    "him see time could no make than first been its who now people my made over did down only "
    "way find use may water long little very after words called just where most know"
).split()
# What makes real text hard: other alphabets, curly quotes, astral characters, digits, an address.
ODD = [
    *("Сирия", "Россия", "أخبار", "“so", "called”", "don’t", "it’s", "they’re", "🙂", "naïve"),
    *("café", "US/FSA", "T-4", "2021", "$3.5", "https://example.org/a/b?c=1", "LOL", "al-Tanf"),
    *(":)", "…", "50km", "—", "F-35", "München", "&", "PM’s"),
]
ONSETS = [*"bcdfghkmnprstvwz", "br", "ch", "dr", "gr", "l", "pr", "sh", "st", "tr", ""]
NUCLEI = [*"aeiou", "ea", "ou", "ia", "ai"]
CODAS = ["", *"nrstlm", "nd", "st", "ck", "ng"]
TAILS = ["10", "Lightning", "from non-x", "373s", "Gr", "II", "_77", "Bob", "(real)", "van der Z", ""]

# How a word may be written; the place in this list times the number of words is its form's offset.
PLAIN, CAPITAL, FULL_STOP, COMMA, QUESTION, SHOUT = range(6)
COMMENTERS = 200_000


@dataclass(frozen=True)
class Vocabulary:
    """`size` words by frequency, each in six forms, with the cumulative frequency of each word."""

    forms: list[str]
    size: int
    cumulative: npt.NDArray[np.float64]


@cache
def vocabulary(seed: int = 1, size: int = 30_000) -> Vocabulary:
    """The words of a seed: the frequent ones first, the odd ones soon after, then invented ones."""
    words = [*FREQUENT, *invented(np.random.default_rng(seed), size - len(FREQUENT) - len(ODD))]
    for place, odd in enumerate(ODD):
        words.insert(len(FREQUENT) + 3 * place, odd)
    share = 1.0 / (np.arange(len(words)) + 2.7) ** 1.05
    capitals = [word[:1].upper() + word[1:] for word in words]
    ends = [word + end for end in (".", ",", "?", "!!") for word in words]
    return Vocabulary([*words, *capitals, *ends], len(words), np.cumsum(share / share.sum()))


def invented(rng: np.random.Generator, count: int) -> list[str]:
    """Pronounceable words that are not among the frequent ones, each once, the short ones first."""
    words: dict[str, None] = {}
    while len(words) < count:
        short = len(words) < 4_000
        syllables = 1 + int(rng.random() < 0.5) if short else 2 + int(rng.random() < 0.4)
        word = "".join(syllable(rng) for _ in range(syllables))
        if len(word) > 2 and word not in FREQUENT:
            words[word] = None
    return list(words)


def syllable(rng: np.random.Generator) -> str:
    """One syllable."""
    return "".join(sounds[rng.integers(len(sounds))] for sounds in (ONSETS, NUCLEI, CODAS))


@cache
def commenters(seed: int = 2) -> list[str]:
    """The names of all commenters, those who write most first."""
    rng = np.random.default_rng(seed)
    words = vocabulary()
    chosen = rng.integers(150, 20_150, (COMMENTERS, 2)).tolist()
    tails = rng.integers(len(TAILS), size=COMMENTERS).tolist()
    styles = rng.integers(5, size=COMMENTERS).tolist()
    numbers = rng.integers(1, 999, COMMENTERS).tolist()
    return [
        styled(words.forms[one], words.forms[two], TAILS[tail], style, number)
        for (one, two), tail, style, number in zip(chosen, tails, styles, numbers, strict=True)
    ]


def styled(one: str, two: str, tail: str, style: int, number: int) -> str:
    """A name made of two words in one of five styles."""
    first, second = one.capitalize(), two.capitalize()
    names = (first, f"{first} {second}", f"{first} {tail}", f"{one}{number}", f"{first} {second} {tail}")
    return names[style].strip()
