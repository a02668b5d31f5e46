"""What each line looks like, as small codes with names: the parser sees nothing else of a line."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from builder.parse.alphabet import Char, is_letter, kinds
from builder.parse.arrays import Bytes, Codes, Flags, Ints
from builder.parse.batch import Batch
from builder.parse.lexicon import Lexicon, Word
from builder.parse.lines import Lines
from builder.parse.rank import characters, rank
from builder.parse.short import Short, Tokens, before, line_keys, repeats, shape_keys, short_lines, tokens

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
_EYES, _MOUTHS, _SMILEYS = (np.array([ord(sign) for sign in signs]) for signs in (":;", ")(DPp", "☺❤♥😀"))
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
    inner = characters(batch.buffer)
    length = lines.end - lines.start - (inner.count(lines.end) - inner.count(lines.start))
    short = short_lines(batch, lines, length)
    codes = _of_every_line(batch, lines, length)
    for name, values in _of_short_lines(lines, short, tokens(short, lexicon)).items():
        spread = np.zeros(len(lines), dtype=np.uint8)
        spread[short.line] = values
        codes[name] = spread
    return Features(MappingProxyType(codes), length)


def _of_every_line(batch: Batch, lines: Lines, length: Ints) -> dict[str, Codes]:
    calls = rank((batch.buffer == ord("!")) | (batch.buffer == ord("?")))
    return {
        "length": _step(length, LENGTHS),
        "near_length": _step(length, _NEAR_LENGTHS),
        "first": kinds(_points(batch.buffer, lines.start)),
        "last": _last_kind(batch.buffer, lines),
        "calls": np.minimum(calls.count(lines.end) - calls.count(lines.start), 2).astype(np.uint8),
    }


def _of_short_lines(lines: Lines, short: Short, token: Tokens) -> dict[str, Codes]:
    count = np.bincount(token.line, minlength=len(short.runs))
    case, capitalised = _case(short, token, count)
    text = lines.text[short.line]
    often = np.minimum(repeats(line_keys(short), text), 3).astype(np.uint8)
    ending = _ending(short, count, capitalised)
    return {
        "words": np.minimum(count, 7).astype(np.uint8),
        "case": case,
        "function": _function(short, token),
        "talk": _talk(short, token),
        "repeats": often,
        "shape": _shape(short, text),
        "inside": _inside(short),
        "form": _form(short, count),
        "ending": ending,
        "name": np.where((ending % 2 == 1) & (ending < 9), 1 + often, 1).astype(np.uint8),
        "face": _face(short, token),
    }


def _step(values: Ints, bounds: tuple[int, ...]) -> Codes:
    return np.searchsorted(np.array(bounds), values).astype(np.uint8)


def _points(buffer: Bytes, place: Ints) -> NDArray[np.uint32]:
    """The code point whose first byte lies at each place."""
    padded = np.concatenate([buffer, np.zeros(3, dtype=np.uint8)])
    one, two, three, four = (padded[place + step].astype(np.uint32) for step in range(4))
    pair = (one & 0x1F) << 6 | two & 0x3F
    triple = (one & 0x0F) << 12 | (two & 0x3F) << 6 | three & 0x3F
    quad = (one & 0x07) << 18 | (two & 0x3F) << 12 | (three & 0x3F) << 6 | four & 0x3F
    return np.select([one < 0x80, one < 0xE0, one < 0xF0], [one, pair, triple], quad)


def _last_kind(buffer: Bytes, lines: Lines) -> Codes:
    """The kind of each line's last character; three dots are an ellipsis."""
    place = lines.end - 1
    for _ in range(3):
        place = place - (buffer[place].view(np.int8) < -64)
    last = kinds(_points(buffer, place))
    tail = np.maximum(place[:, None] - np.array([1, 2]), 0)
    dots = (last == Char.DOT) & (lines.end - lines.start >= 3) & (buffer[tail] == ord(".")).all(axis=1)
    return np.where(dots, np.uint8(Char.ELLIPSIS), last)


def _any(token: Tokens, marked: Flags, lines: int) -> Flags:
    return np.bincount(token.line[marked], minlength=lines) > 0


def _case(short: Short, token: Tokens, count: Ints) -> tuple[Codes, Flags]:
    """Which words begin with a capital or a digit; and whether all do, particles of names aside."""
    n = len(short.runs)
    high = (token.first == Char.UPPER) | (token.first == Char.DIGIT)
    small = (token.first == Char.LOWER) & ((token.is_word & Word.PARTICLE) == 0)
    highs = np.bincount(token.line[high], minlength=n)
    smalls = np.bincount(token.line[small], minlength=n)
    opens = np.zeros(n, dtype=np.bool_)
    opens[token.line[high & (np.diff(token.line, prepend=-1) > 0)]] = True
    case = np.select(
        [(highs == 0) & (smalls == 0), smalls == 0, highs == 0, opens & (highs == 1)], [0, 1, 2, 3], 4
    )
    return (1 + 3 * case + np.minimum(count, 3) - 1).astype(np.uint8), smalls == 0


def _function(short: Short, token: Tokens) -> Codes:
    hard = (token.is_word & (Word.FUNCTION | Word.PARTICLE)) == Word.FUNCTION
    return (1 + np.minimum(np.bincount(token.line[hard], minlength=len(short.runs)), 2)).astype(np.uint8)


def _talk(short: Short, token: Tokens) -> Codes:
    n, opens = len(short.runs), np.diff(token.line, prepend=-1) > 0
    greets = _any(token, opens & ((token.is_word & Word.GREETING) > 0), n)
    leaves = _any(token, (token.is_word & Word.FAREWELL) > 0, n)
    person = _any(token, (token.is_word & Word.PERSON) > 0, n)
    return (1 + 4 * greets + 2 * leaves + person).astype(np.uint8)


def _shape(short: Short, text: Ints) -> Codes:
    key, signs = shape_keys(short)
    return np.where(signs, 1 + np.minimum(repeats(key, text), 4), 1).astype(np.uint8)


def _inside(short: Short) -> Codes:
    digits = short.count(short.is_kind(Char.DIGIT)) > 0
    signs = short.is_kind(
        Char.COMMA,
        Char.SEMICOLON,
        Char.COLON,
        Char.BRACKET,
        Char.QUOTE,
        Char.EXCLAMATION,
        Char.QUESTION,
        Char.MARK,
    )
    return (1 + digits + 2 * (short.count(signs) > 0)).astype(np.uint8)


def _form(short: Short, count: Ints) -> Codes:
    letter, digit = is_letter(short.kinds), short.kinds == Char.DIGIT
    letters, digits = short.count(letter), short.count(digit)
    low, high = short.kinds == Char.LOWER, short.kinds == Char.UPPER
    joined = short.count(short.is_kind(Char.AT, Char.UNDERSCORE)) > 0
    camel = short.count(high & before(short, low)) > 0
    initial = short.count((short.kinds == Char.DOT) & before(short, high)) > 0
    capitals = (short.count(low) == 0) & (short.count(high) > 1)
    chosen = [
        (letters == 0) & (digits > 0),
        letters == 0,
        (count == 1) & (digits > 0),
        joined,
        camel,
        initial,
        capitals,
    ]
    return np.select(chosen, [8, 7, 2, 3, 4, 5, 6], 1).astype(np.uint8)


def _ending(short: Short, count: Ints, capitalised: Flags) -> Codes:
    last = short.kinds[short.runs.start + short.runs.length - 1]
    closed = ~(is_letter(last) | (last == Char.DIGIT))
    return (1 + 8 * closed + 2 * (np.minimum(count, 4) - 1) + ~capitalised).astype(np.uint8)


def _face(short: Short, token: Tokens) -> Codes:
    mouth = np.isin(short.points, _MOUTHS)
    eyes = before(short, np.isin(short.points, _EYES))
    nose = before(short, (short.points == ord("-")) & eyes)
    smiles = (
        short.count((mouth & (eyes | nose)) | np.isin(short.points, _SMILEYS) | (short.points >= 0x1F300)) > 0
    )
    address = _any(token, (token.is_word & Word.ADDRESS) > 0, len(short.runs))
    return np.select([address, smiles], [3, 2], 1).astype(np.uint8)
