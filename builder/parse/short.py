"""The short lines of a batch, character by character: only a short line can be a name."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from builder.contracts.arrow import strings
from builder.parse.alphabet import Char, kinds, lower
from builder.parse.arrays import Codes, Flags, Hashes, Ints
from builder.parse.batch import Batch
from builder.parse.lexicon import Lexicon
from builder.parse.lines import Lines
from builder.parse.ragged import Runs, contiguous, keys, keys_of

LONGEST: Final = 64  # characters
# One bit for each kind of character, and some for what only neighbours show.
CAMEL, INITIAL, SMILEY = (1 << (len(Char) + place) for place in range(3))
_SMILEYS = np.array([ord(sign) for sign in "☺❤♥"], dtype=np.uint32)
_IS_EYES, _IS_MOUTH = (np.isin(np.arange(128), [ord(sign) for sign in signs]) for signs in (":;", ")(DPp"))
_EMOJI = 0x1F300
_APOSTROPHES = np.array([ord("'"), ord("’")], dtype=np.uint32)
_SHAPE = np.zeros(len(Char), dtype=np.uint16)
_SHAPE[[Char.LOWER, Char.UPPER, Char.LETTER]] = ord("a")
_SHAPE[Char.DIGIT] = ord("9")


@dataclass(frozen=True)
class Short:
    """The short lines as code points; equal ones are read once, for many a name signs many comments.

    Attributes:
        line: which lines of the batch are short.
        which: for each of them, its number among those that differ.
        runs: where each of those that differ lies among the code points, a line feed before and after it.
        points: the code points.
        kinds: the kind of each code point.
    """

    line: Ints
    which: Ints
    runs: Runs
    points: NDArray[np.uint32]
    kinds: Codes

    def line_of(self, places: Ints) -> Ints:
        """The number of the line, among those that differ, that each place among the code points is in."""
        return np.searchsorted(self.runs.start, places, side="right") - 1


def short_lines(batch: Batch, lines: Lines, length: Ints) -> Short:
    """Read the lines of at most `LONGEST` characters; `length` is that of every line."""
    line = np.flatnonzero(length <= LONGEST)
    # With their line feeds, which part each from the next.
    found = strings(batch.buffer, lines.start[line], lines.end[line] + 1).dictionary_encode()
    which = np.frombuffer(found.indices.buffers()[1], np.int32)[: len(line)].astype(np.int64)
    lengths = np.empty(len(found.dictionary), dtype=np.int64)
    lengths[which] = length[line]
    text = "\n" + _joined(found.dictionary)
    points = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint32, copy=False)
    return Short(line, which, Runs(contiguous(lengths + 1).start + 1, lengths), points, kinds(points))


def _joined(values: pa.Array) -> str:
    _, ends, data = values.buffers()
    return str(memoryview(data)[: np.frombuffer(ends, np.int32)[len(values)]], "utf-8") if len(values) else ""


def contents(short: Short) -> NDArray[np.uint32]:
    """For each line, which kinds of character are in it (one bit each), and which telling neighbours."""
    if not len(short.runs):
        return np.zeros(0, dtype=np.uint32)
    bits = np.left_shift(np.uint32(1), short.kinds, dtype=np.uint32)
    before, here = short.kinds[:-1], short.kinds[1:]
    camel = 1 + np.flatnonzero((here == Char.UPPER) & (before == Char.LOWER))
    initial = 1 + np.flatnonzero((here == Char.DOT) & (before == Char.UPPER))
    for places, bit in ((camel, CAMEL), (initial, INITIAL), (_smiles(short), SMILEY)):
        bits[places] |= np.uint32(bit)
    return np.bitwise_or.reduceat(bits, short.runs.start)


def _smiles(short: Short) -> Ints:
    """Where faces are: signs for them, and mouths behind eyes with or without a nose."""
    eyes = np.flatnonzero((short.kinds == Char.COLON) | (short.kinds == Char.SEMICOLON))
    nose = short.points.take(eyes + 1, mode="clip") == ord("-")
    mouth = eyes + 1 + nose
    faces = eyes[
        _IS_EYES.take(short.points[eyes], mode="clip")
        & _IS_MOUTH.take(short.points.take(mouth, mode="clip"), mode="clip")
        & (short.line_of(mouth) == short.line_of(eyes))
    ]
    symbols = np.flatnonzero(short.kinds == Char.SYMBOL)
    drawn = short.points[symbols]
    return np.concatenate([faces, symbols[(drawn >= _EMOJI) | np.isin(drawn, _SMILEYS)]])


@dataclass(frozen=True)
class Tokens:
    """The words of the short lines that differ, as white space parts them.

    Attributes:
        count: how many tokens each line has; at least 1.
        head: the number of its first token.
        first: the kind of each token's first character.
        is_word: what the lexicon says of it, signs around it put aside; 0 for nothing.
        said: what it says of any token of each line.
    """

    count: Ints
    head: Ints
    first: Codes
    is_word: Codes
    said: Codes

    def number(self, marked: Flags) -> Ints:
        """How many tokens of each line are marked."""
        found: Ints = np.add.reduceat(marked, self.head, dtype=np.int64) if len(self.head) else self.head
        return found


def tokens(short: Short, four: Hashes, lexicon: Lexicon) -> Tokens:
    """Part the short lines into tokens and look each up; `four` are the code points in lower case by fours."""
    inside = (short.kinds >= Char.LOWER) & (short.kinds <= Char.DIGIT)
    for sign in _APOSTROPHES:
        inside |= short.points == sign
    # White space is 0, a sign 1, what words are made of 2; a token begins behind a 0, a word with a 2.
    grade = (short.kinds != Char.SPACE).view(np.uint8) + inside
    edge = np.flatnonzero(grade[1:] != grade[:-1]) + 1
    begins, word = grade[edge - 1] == 0, np.flatnonzero(grade[edge] == 2)
    place = edge[begins]
    head = np.searchsorted(place, short.runs.start)
    found = lexicon.look_up(keys_of(four, Runs(edge[word], edge[word + 1] - edge[word])))
    known = _united(found, (np.cumsum(begins) - 1)[word], len(place))
    said = np.bitwise_or.reduceat(known, head) if len(head) else known
    return Tokens(np.diff(np.append(head, len(place))), head, short.kinds[place], known, said)


def _united(found: Codes, token: Ints, tokens: int) -> Codes:
    """The union of what was found of the words of each token; `token` is that of each word, in order."""
    known = np.zeros(tokens, dtype=np.uint8)
    hits = np.flatnonzero(found)
    first = hits[np.flatnonzero(np.diff(token[hits], prepend=-1))]
    known[token[first]] = np.bitwise_or.reduceat(found, first) if len(first) else 0
    return known


def repeats(key: Hashes, text: Ints) -> Ints:
    """How often the key of each short line occurs in its text."""
    joint = key ^ (text.astype(np.uint64) * np.uint64(0xD6E8FEB86659FD93))
    order = np.argsort(joint)
    ordered = joint[order]
    first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(key)])
    often = np.diff(np.append(first, len(key)))
    count = np.empty(len(key), dtype=np.int64)
    count[order] = np.repeat(often, often)
    return count


def small_points(short: Short) -> NDArray[np.uint16]:
    """The code points in lower case."""
    return lower(short.points)


def shape_keys(short: Short, wanted: Ints) -> Hashes:
    """A hash of the shape of some short lines: every run of letters is one letter there, every digit is 9."""
    # Each line with its line feed, which parts the letters of one from those of the next.
    runs = Runs(short.runs.start[wanted], short.runs.length[wanted] + 1)
    places = runs.places()
    shape = _SHAPE[short.kinds[places]]
    letter = shape == ord("a")
    kept = np.flatnonzero(~(letter & np.append(False, letter[:-1])[: len(letter)]))
    shape = np.where(shape > 0, shape, short.points[places].astype(np.uint16))[kept]
    first = np.searchsorted(kept, contiguous(runs.length).start)
    return keys(shape, Runs(first, np.diff(np.append(first, len(kept))) - 1))
