"""What each line looks like, as small codes with names: the parser sees nothing else of a line."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from builder.parse.alphabet import Char, kinds
from builder.parse.arrays import Bytes, Codes, Flags, Ints
from builder.parse.batch import Batch
from builder.parse.lexicon import Lexicon, Word
from builder.parse.lines import Lines, places_of
from builder.parse.ragged import by_fours, keys_of
from builder.parse.short import (
    CAMEL,
    INITIAL,
    SMILEY,
    Short,
    Tokens,
    contents,
    repeats,
    shape_keys,
    short_lines,
    small_points,
    tokens,
)

LENGTHS: Final = (3, 6, 10, 15, 20, 27, 40, 64, 100, 150, 250, 500, 1000)  # characters
_NEAR_LENGTHS: Final = (10, 20, 40, 64, 150)


def _steps(name: str, bounds: tuple[int, ...]) -> tuple[str, ...]:
    return (*(f"{name} to {bound}" for bound in bounds), f"{name} over {bounds[-1]}")


_CHARS = tuple(kind.name.lower() for kind in Char)
_LONG = ("long line",)
# For every feature the names of its codes, in the order of the codes.
LEVELS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "length": _steps("characters", LENGTHS),
        "near_length": _steps("characters", _NEAR_LENGTHS),
        "first": _CHARS,
        "last": _CHARS,
        "calls": ("no ! or ?", "one ! or ?", "two or more"),
        "words": (*_LONG, "1", "2", "3", "4", "5", "6", "7 or more"),
        "case": (*_LONG, *(f"{case} {n}" for case in ("none", "all", "no", "first", "mixed") for n in "123")),
        "function": (*_LONG, "none", "one", "two or more"),
        "talk": (
            *_LONG,
            *(f"{a}{b}{c}" for a in ("", "greeting ") for b in ("", "farewell ") for c in ("", "person ")),
        ),
        "repeats": (*_LONG, "once", "twice", "three times or more"),
        "shape": (*_LONG, "plain", "once", "twice", "three times", "four times or more"),
        "inside": (*_LONG, "nothing", "digits", "signs", "digits and signs"),
        "form": (
            *_LONG,
            "plain",
            "letters and digits",
            "underscore or @",
            "inner capital",
            "initial",
            "capitals",
            "no letters",
            "digits alone",
        ),
        "ending": (
            *_LONG,
            *(
                f"{end} {n} {case}"
                for end in ("open", "closed")
                for n in ("1", "2", "3", "4 or more")
                for case in ("capitalised", "not")
            ),
        ),
        "name": (*_LONG, "unlike a name", "once", "twice", "three times or more"),
        "face": (*_LONG, "none", "smiley", "web address"),
    }
)
_LETTERS: Final = (Char.LOWER, Char.UPPER, Char.LETTER)
_TELLING: Final = (Char.DIGIT, Char.BRACKET, Char.DASH, Char.AT, Char.UNDERSCORE, Char.MARK, Char.SYMBOL)
_SIGNS: Final = (
    Char.COMMA, Char.SEMICOLON, Char.COLON, Char.BRACKET, Char.QUOTE, Char.EXCLAMATION, Char.QUESTION, Char.MARK
)  # fmt: skip
# Which features a line is judged by: its own, and those of the lines before and after it.
OWN: Final = tuple(name for name in LEVELS if name != "near_length")
BEFORE: Final = ("near_length", "last", "talk", "repeats")
AFTER: Final = ("near_length", "first", "last", "repeats")


@dataclass(frozen=True)
class Features:
    """The codes of every line of a batch, by feature; and every line's length in characters."""

    codes: Mapping[str, Codes]
    length: Ints


def features(batch: Batch, lines: Lines, lexicon: Lexicon) -> Features:
    """Look at every line of a batch."""
    length = batch.characters(lines.end) - batch.characters(lines.start)
    short = short_lines(batch, lines, length)
    codes = _of_every_line(batch, lines, length)
    for name, values in _of_short_lines(lines, short, lexicon).items():
        spread = np.zeros(len(lines), dtype=np.uint8)
        spread[short.line] = values
        codes[name] = spread
    return Features(MappingProxyType(codes), length)


def _of_every_line(batch: Batch, lines: Lines, length: Ints) -> dict[str, Codes]:
    called = np.searchsorted(lines.end, places_of(batch.buffer, b"!?"))
    return {
        "length": _step(length, LENGTHS),
        "near_length": _step(length, _NEAR_LENGTHS),
        "first": kinds(_points(batch.buffer, lines.start)),
        "last": _last_kind(batch.buffer, lines),
        "calls": np.minimum(np.bincount(called, minlength=len(lines)), 2).astype(np.uint8),
    }


def _of_short_lines(lines: Lines, short: Short, lexicon: Lexicon) -> dict[str, Codes]:
    four = by_fours(small_points(short))
    token, has, which = tokens(short, four, lexicon), contents(short), short.which
    case, capitalised = _case(token)
    ending = _ending(short, token.count, capitalised)
    alike = {
        "words": np.minimum(token.count, 7).astype(np.uint8),
        "case": case,
        "function": _function(token),
        "talk": _talk(token),
        "inside": _inside(has),
        "form": _form(has, token.count),
        "ending": ending,
        "face": _face(token, has),
    }
    text = lines.text[short.line]
    often = np.minimum(repeats(keys_of(four, short.runs)[which], text), 3).astype(np.uint8)
    name_like = ((ending % 2 == 1) & (ending < 9))[which]
    return {name: codes[which] for name, codes in alike.items()} | {
        "repeats": often,
        "shape": _shape(short, text, has),
        "name": np.where(name_like, 1 + often, 1).astype(np.uint8),
    }


def _step(values: Ints, bounds: tuple[int, ...]) -> Codes:
    table = np.searchsorted(np.array(bounds), np.arange(bounds[-1] + 2)).astype(np.uint8)
    return table.take(values, mode="clip")


def _points(buffer: Bytes, place: Ints) -> NDArray[np.uint32]:
    """The code point whose first byte lies at each place."""
    points = buffer[place].astype(np.uint32)
    wide = np.flatnonzero(points >= 0x80)
    one = points[wide]
    two, three, four = (_byte(buffer, place[wide] + step) for step in (1, 2, 3))
    pair = (one & 0x1F) << 6 | two & 0x3F
    triple = (one & 0x0F) << 12 | (two & 0x3F) << 6 | three & 0x3F
    quad = (one & 0x07) << 18 | (two & 0x3F) << 12 | (three & 0x3F) << 6 | four & 0x3F
    points[wide] = np.select([one < 0xE0, one < 0xF0], [pair, triple], quad)
    return points


def _byte(buffer: Bytes, place: Ints) -> NDArray[np.uint32]:
    return buffer.take(place, mode="clip").astype(np.uint32)


def _last_kind(buffer: Bytes, lines: Lines) -> Codes:
    """The kind of each line's last character; three dots are an ellipsis."""
    place = lines.end - 1
    wide = np.flatnonzero(buffer[place] >= 0x80)
    for _ in range(3):
        place[wide] -= buffer[place[wide]].view(np.int8) < -64
    last = kinds(_points(buffer, place))
    dots = np.flatnonzero((last == Char.DOT) & (lines.end - lines.start >= 3))
    ends = place[dots]
    last[dots[(buffer[ends - 1] == ord(".")) & (buffer[ends - 2] == ord("."))]] = Char.ELLIPSIS
    return last


def _case(token: Tokens) -> tuple[Codes, Flags]:
    """Which words begin with a capital or a digit; and whether all do, particles of names aside."""
    high = (token.first == Char.UPPER) | (token.first == Char.DIGIT)
    highs, opens = token.number(high), high[token.head]
    small = token.number((token.first == Char.LOWER) & ((token.is_word & Word.PARTICLE) == 0)) > 0
    case = np.select([(highs == 0) & ~small, ~small, highs == 0, opens & (highs == 1)], [0, 1, 2, 3], 4)
    return (1 + 3 * case + np.minimum(token.count, 3) - 1).astype(np.uint8), ~small


def _function(token: Tokens) -> Codes:
    hard = (token.is_word & (Word.FUNCTION | Word.PARTICLE)) == Word.FUNCTION
    return (1 + np.minimum(token.number(hard), 2)).astype(np.uint8)


def _talk(token: Tokens) -> Codes:
    greets = (token.is_word[token.head] & Word.GREETING) > 0
    leaves, person = (token.said & Word.FAREWELL) > 0, (token.said & Word.PERSON) > 0
    return (1 + 4 * greets + 2 * leaves + person).astype(np.uint8)


def _holds(has: NDArray[np.uint32], *wanted: int) -> Flags:
    """Whether a line holds any of some kinds of character."""
    return (has & np.uint32(sum(wanted))) > 0


def _shape(short: Short, text: Ints, has: NDArray[np.uint32]) -> Codes:
    """How often a line's shape recurs, where it has digits or signs that a sentence does not need."""
    shape = np.ones(len(text), dtype=np.uint8)
    telling = _holds(has, *(1 << kind for kind in _TELLING))
    key = np.zeros(len(has), dtype=np.uint64)
    key[telling] = shape_keys(short, np.flatnonzero(telling))
    line = np.flatnonzero(telling[short.which])
    shape[line] = 1 + np.minimum(repeats(key[short.which[line]], text[line]), 4)
    return shape


def _inside(has: NDArray[np.uint32]) -> Codes:
    return (1 + _holds(has, 1 << Char.DIGIT) + 2 * _holds(has, *(1 << sign for sign in _SIGNS))).astype(
        np.uint8
    )


def _form(has: NDArray[np.uint32], count: Ints) -> Codes:
    letters, digits = _holds(has, *(1 << kind for kind in _LETTERS)), _holds(has, 1 << Char.DIGIT)
    capitals = _holds(has, 1 << Char.UPPER) & ~_holds(has, 1 << Char.LOWER)
    joined = _holds(has, 1 << Char.AT, 1 << Char.UNDERSCORE)
    chosen = [
        ~letters & digits,
        ~letters,
        (count == 1) & digits,
        joined,
        _holds(has, CAMEL),
        _holds(has, INITIAL),
        capitals,
    ]
    return np.select(chosen, [8, 7, 2, 3, 4, 5, 6], 1).astype(np.uint8)


def _ending(short: Short, count: Ints, capitalised: Flags) -> Codes:
    last = short.kinds[short.runs.start + short.runs.length - 1]
    closed = ~((last >= Char.LOWER) & (last <= Char.DIGIT)) & ~_abbreviated(short)
    code: Codes = (1 + 8 * closed + 2 * (np.minimum(count, 4) - 1) + ~capitalised).astype(np.uint8)
    return code


def _abbreviated(short: Short) -> Flags:
    """Whether a line ends in a dot after one or two letters, the first a capital: that ends no sentence."""
    start, end = short.runs.start, short.runs.start + short.runs.length - 1
    abbreviated = np.zeros(len(start), dtype=np.bool_)
    dotted = np.flatnonzero(short.kinds[end] == Char.DOT)
    for length in (1, 2):
        capital = end[dotted] - length
        inside = capital >= start[dotted]
        word = short.kinds[np.maximum(capital, 0)] == Char.UPPER
        if length == 2:
            word &= short.kinds[end[dotted] - 1] == Char.LOWER
        before = short.kinds[np.maximum(capital - 1, 0)]
        apart = (capital == start[dotted]) | ~((before >= Char.LOWER) & (before <= Char.LETTER))
        abbreviated[dotted] |= inside & word & apart
    return abbreviated


def _face(token: Tokens, has: NDArray[np.uint32]) -> Codes:
    address = (token.said & Word.ADDRESS) > 0
    return np.select([address, _holds(has, SMILEY)], [3, 2], 1).astype(np.uint8)
