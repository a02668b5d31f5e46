"""What kind of character each code point is, as tables that arrays are looked up in."""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from builder.parse.arrays import Codes


class Char(IntEnum):
    """The kinds of character that tell lines apart."""

    SYMBOL = 0
    LOWER = 1
    UPPER = 2
    LETTER = 3
    DIGIT = 4
    SPACE = 5
    DOT = 6
    EXCLAMATION = 7
    QUESTION = 8
    ELLIPSIS = 9
    COLON = 10
    COMMA = 11
    SEMICOLON = 12
    BRACKET = 13
    QUOTE = 14
    DASH = 15
    AT = 16
    UNDERSCORE = 17
    MARK = 18


_PUNCTUATION: Final[Mapping[Char, str]] = MappingProxyType(
    {
        Char.DOT: ".。．",
        Char.EXCLAMATION: "!！¡",
        Char.QUESTION: "?？¿؟",
        Char.ELLIPSIS: "…",
        Char.COLON: ":：",
        Char.COMMA: ",、，،",
        Char.SEMICOLON: ";；؛",
        Char.BRACKET: "()[]{}（）【】",
        Char.QUOTE: "\"'“”„‘’‚«»‹›「」『』`´",
        Char.DASH: "-–—―‐‑",
        Char.AT: "@",
        Char.UNDERSCORE: "_",
        Char.MARK: "*#>•·|/=+~<",
    }
)
T = TypeVar("T", bound=np.generic)
_BMP = 1 << 16
_SLICE = 1 << 18  # code points looked up at once, so that their places stay in the cache
_LOOKED_UP = 0x3040  # from here on the plane holds scripts without case, up to where private use begins
_PRIVATE = 0xE000
_PRESENTED = range(0xF900, 0xFE00)  # compatibility ideographs, presentation forms of letters


def _kinds() -> Codes:
    letters = np.arange(_LOOKED_UP, dtype=np.uint32).view("<U1")
    kinds = np.zeros(_BMP + 1, dtype=np.uint8)
    kinds[_LOOKED_UP:_PRIVATE] = kinds[_PRESENTED] = Char.LETTER
    kinds[:_LOOKED_UP][np.char.isalpha(letters)] = Char.LETTER
    kinds[:_LOOKED_UP][np.char.islower(letters)] = Char.LOWER
    kinds[:_LOOKED_UP][np.char.isupper(letters)] = Char.UPPER
    kinds[:_LOOKED_UP][np.char.isdigit(letters)] = Char.DIGIT
    kinds[:_LOOKED_UP][np.char.isspace(letters)] = Char.SPACE
    for kind, signs in _PUNCTUATION.items():
        kinds[[ord(sign) for sign in signs]] = kind
    return kinds


def _lower() -> NDArray[np.uint16]:
    small = np.arange(_BMP, dtype=np.uint16)
    letters = np.arange(_LOOKED_UP, dtype=np.uint32).view("<U1")
    small[:_LOOKED_UP] = np.char.lower(letters).astype("<U1").view(np.uint32)
    return small


_KINDS = _kinds()
_LOWER = _lower()


def kinds(points: NDArray[np.uint32]) -> Codes:
    """The kind of each code point; what lies outside the basic plane is a symbol."""
    return _looked_up(_KINDS, points)


def lower(points: NDArray[np.uint32]) -> NDArray[np.uint16]:
    """The lower 16 bits of each code point in lower case, where that is one code point."""
    small = _looked_up(_LOWER, points)
    beyond = np.flatnonzero(points >= _BMP)
    small[beyond] = points[beyond]
    return small


def _looked_up(table: NDArray[T], points: NDArray[np.uint32]) -> NDArray[T]:
    """The table's entry for each code point, that of the last one for all beyond it."""
    found = np.empty(len(points), dtype=table.dtype)
    for start in range(0, len(points), _SLICE):
        part = slice(start, start + _SLICE)
        table.take(points[part], mode="clip", out=found[part])
    return found
