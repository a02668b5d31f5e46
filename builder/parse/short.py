"""The short lines of a batch, character by character: only a short line can be a name."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.parse.alphabet import Char, is_letter, kinds, lower
from builder.parse.arrays import Codes, Flags, Hashes, Ints
from builder.parse.batch import Batch
from builder.parse.lexicon import Lexicon
from builder.parse.lines import Lines
from builder.parse.ragged import Runs, contiguous, follows, hashes, runs_within

LONGEST = 64  # characters


@dataclass(frozen=True)
class Short:
    """The short lines as code points, back to back.

    Attributes:
        line: which lines of the batch are short.
        runs: where each of them lies among the code points.
        points: their code points.
        kinds: the kind of each code point.
    """

    line: Ints
    runs: Runs
    points: NDArray[np.uint32]
    kinds: Codes

    def count(self, marked: Flags) -> Ints:
        """How many of a line's code points are marked."""
        return self.runs.sums(marked)

    def is_kind(self, *wanted: Char) -> Flags:
        """Whether each code point is of one of some kinds."""
        return np.isin(self.kinds, np.array(wanted, dtype=np.uint8))


def short_lines(batch: Batch, lines: Lines, length: Ints) -> Short:
    """Read the lines of at most `LONGEST` characters; `length` is that of every line."""
    line = np.flatnonzero(length <= LONGEST)
    places = Runs(lines.start[line], (lines.end - lines.start)[line]).places()
    text = batch.buffer[places].tobytes().decode("utf-8")
    points = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint32, copy=False)
    return Short(line, contiguous(length[line]), points, kinds(points))


@dataclass(frozen=True)
class Tokens:
    """The words of the short lines, as white space parts them.

    Attributes:
        line: which short line each token is in (a number among the short lines).
        first: the kind of its first character.
        is_word: what the lexicon says of it, signs around it put aside; 0 for nothing.
    """

    line: Ints
    first: Codes
    is_word: Codes


def tokens(short: Short, lexicon: Lexicon) -> Tokens:
    """Part the short lines into tokens and look each up."""
    owner = short.runs.owner()
    visible = short.kinds != Char.SPACE
    begins = visible & ~follows(visible, owner)
    place = np.flatnonzero(begins)
    return Tokens(owner[place], short.kinds[place], _words(short, lexicon, begins))


def _words(short: Short, lexicon: Lexicon, begins: Flags) -> Codes:
    """The union of what the lexicon says of the runs of letters in each token."""
    inside = (
        is_letter(short.kinds) | short.is_kind(Char.DIGIT) | (short.points == ord("’")) | (short.points == 39)
    )
    words = runs_within(inside, short.runs.owner())
    found = lexicon.look_up(hashes(lower(short.points), words))
    token = np.cumsum(begins)[words.start] - 1
    known = np.zeros(int(begins.sum()), dtype=np.uint8)
    np.bitwise_or.at(known, token, found)
    return known


def before(short: Short, marked: Flags) -> Flags:
    """Whether the code point before each one, in the same line, is marked."""
    return follows(marked, short.runs.owner())


def repeats(key: Hashes, text: Ints) -> Ints:
    """How often the key of each short line occurs in its text."""
    joint = key ^ (text.astype(np.uint64) * np.uint64(0xD6E8FEB86659FD93))
    _, inverse, count = np.unique(joint, return_inverse=True, return_counts=True)
    return count[inverse].astype(np.int64)


def line_keys(short: Short) -> Hashes:
    """A hash of each short line in lower case."""
    return hashes(lower(short.points), short.runs)


def shape_keys(short: Short) -> tuple[Hashes, Flags]:
    """A hash of each short line's shape, and whether the shape has more to it than words and spaces.

    In a shape every run of letters is one letter and every digit is 9.
    """
    letter, digit = is_letter(short.kinds), short.kinds == Char.DIGIT
    kept = ~(letter & before(short, letter))
    shape = np.where(letter, ord("a"), np.where(digit, ord("9"), short.points)).astype(np.uint32)
    signs = short.count(~letter & (short.kinds != Char.SPACE)) > 0
    return hashes(shape[kept], contiguous(short.count(kept))), signs
