"""The short lines of a batch, character by character: only a short line can be a name."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from builder.parse.alphabet import Char, kinds, lower
from builder.parse.arrays import Bytes, Codes, Flags, Hashes, Ints
from builder.parse.batch import Batch
from builder.parse.lexicon import Lexicon
from builder.parse.lines import Lines
from builder.parse.ragged import Runs, contiguous, keys, runs_of

LONGEST: Final = 64  # characters
_AT_ONCE: Final = 20_000  # lines
# One bit for each kind of character, and some for pairs of neighbours.
BIT = np.array([1 << kind for kind in range(len(Char))], dtype=np.uint32)
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
    """The short lines as code points, back to back.

    Attributes:
        line: which lines of the batch are short.
        runs: where each of them lies among the code points.
        points: their code points.
        kinds: the kind of each code point.
        opens: whether a code point is the first of its line.
    """

    line: Ints
    runs: Runs
    points: NDArray[np.uint32]
    kinds: Codes
    opens: Flags

    def line_of(self, places: Ints) -> Ints:
        """The number of the short line that each place among the code points is in."""
        return np.searchsorted(self.runs.start, places, side="right") - 1


def short_lines(batch: Batch, lines: Lines, length: Ints) -> Short:
    """Read the lines of at most `LONGEST` characters; `length` is that of every line."""
    line = np.flatnonzero(length <= LONGEST)
    text = _joined(batch.buffer, Runs(lines.start[line], (lines.end - lines.start)[line])).decode("utf-8")
    points = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint32, copy=False)
    runs = contiguous(length[line])
    opens = np.zeros(len(points), dtype=np.bool_)
    opens[runs.start] = True
    return Short(line, runs, points, kinds(points), opens)


def _joined(buffer: Bytes, runs: Runs) -> bytes:
    """The bytes of runs back to back; gathered some lines at a time, so that the places stay in the cache."""
    parts = (slice(first, first + _AT_ONCE) for first in range(0, len(runs), _AT_ONCE))
    return b"".join(buffer[Runs(runs.start[part], runs.length[part]).places()].tobytes() for part in parts)


def contents(short: Short) -> NDArray[np.uint32]:
    """For each short line, which kinds of character are in it (`BIT`), and which telling neighbours."""
    if not len(short.runs):
        return np.zeros(0, dtype=np.uint32)
    has = np.bitwise_or.reduceat(BIT.take(short.kinds), short.runs.start)
    before, here = short.kinds[:-1], short.kinds[1:]
    camel = np.flatnonzero((here == Char.UPPER) & (before == Char.LOWER) & ~short.opens[1:])
    initial = np.flatnonzero((here == Char.DOT) & (before == Char.UPPER) & ~short.opens[1:])
    for places, bit in ((camel, CAMEL), (initial, INITIAL), (_smiles(short), SMILEY)):
        has[short.line_of(places)] |= np.uint32(bit)
    return has


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
    """The words of the short lines, as white space parts them.

    Attributes:
        count: how many tokens each short line has.
        line: which short line each token is in (a number among the short lines).
        first: the kind of its first character.
        is_word: what the lexicon says of it, signs around it put aside; 0 for nothing.
    """

    count: Ints
    line: Ints
    first: Codes
    is_word: Codes


def tokens(short: Short, small: NDArray[np.uint16], lexicon: Lexicon) -> Tokens:
    """Part the short lines into tokens and look each up; `small` are the code points in lower case."""
    space = short.kinds == Char.SPACE
    begins = short.opens.copy()
    begins[1:] |= space[:-1]
    place = np.flatnonzero(begins & ~space)
    count = np.diff(np.searchsorted(place, np.append(short.runs.start, len(space))))
    line = np.repeat(np.arange(len(count)), count)
    return Tokens(count, line, short.kinds[place], _words(short, small, lexicon, place))


def _words(short: Short, small: NDArray[np.uint16], lexicon: Lexicon, token: Ints) -> Codes:
    """The union of what the lexicon says of the runs of letters in each token; `token` is where they begin."""
    inside = (short.kinds >= Char.LOWER) & (short.kinds <= Char.DIGIT)
    for sign in _APOSTROPHES:
        inside |= short.points == sign
    words = runs_of(inside, short.opens)
    words = Runs(*(part[words.length <= lexicon.longest] for part in (words.start, words.length)))
    found = lexicon.look_up(keys(small, words))
    known = np.zeros(len(token), dtype=np.uint8)
    hits = np.flatnonzero(found)
    of_hit = np.searchsorted(token, words.start[hits], side="right") - 1
    head = np.flatnonzero(np.diff(of_hit, prepend=-1) > 0)
    known[of_hit[head]] = np.bitwise_or.reduceat(found[hits], head) if len(head) else 0
    return known


def repeats(key: Hashes, text: Ints) -> Ints:
    """How often the key of each short line occurs in its text."""
    joint = key ^ (text.astype(np.uint64) * np.uint64(0xD6E8FEB86659FD93))
    _, inverse, count = np.unique(joint, return_inverse=True, return_counts=True)
    return count[inverse].astype(np.int64)


def small_points(short: Short) -> NDArray[np.uint16]:
    """The code points in lower case."""
    return lower(short.points)


def shape_keys(short: Short, wanted: Ints) -> Hashes:
    """A hash of the shape of some short lines: every run of letters is one letter there, every digit is 9."""
    runs = Runs(short.runs.start[wanted], short.runs.length[wanted])
    places = runs.places()
    shape = _SHAPE[short.kinds[places]]
    letter = shape == ord("a")
    inner = np.concatenate([[False], letter[:-1]])[: len(letter)] & letter & ~short.opens[places]
    kept = np.flatnonzero(~inner)
    shape = np.where(shape > 0, shape, short.points[places].astype(np.uint16))[kept]
    lengths = np.diff(np.searchsorted(kept, np.append(contiguous(runs.length).start, len(letter))))
    return keys(shape, contiguous(lengths))
