"""What kind of character each code point is, as tables that arrays are looked up in."""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from builder.parse.arrays import Codes, Flags


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
_BMP = 1 << 16


def _kinds() -> Codes:
    letters = np.arange(_BMP, dtype=np.uint32).view("<U1")
    kinds = np.zeros(_BMP, dtype=np.uint8)
    kinds[np.char.isalpha(letters)] = Char.LETTER
    kinds[np.char.islower(letters)] = Char.LOWER
    kinds[np.char.isupper(letters)] = Char.UPPER
    kinds[np.char.isdigit(letters)] = Char.DIGIT
    kinds[np.char.isspace(letters)] = Char.SPACE
    for kind, signs in _PUNCTUATION.items():
        kinds[[ord(sign) for sign in signs]] = kind
    return kinds


def _lower() -> NDArray[np.uint32]:
    letters = np.arange(_BMP, dtype=np.uint32).view("<U1")
    return np.char.lower(letters).astype("<U1").view(np.uint32)


_KINDS = _kinds()
_LOWER = _lower()


def kinds(points: NDArray[np.uint32]) -> Codes:
    """The kind of each code point; what lies outside the basic plane is a symbol."""
    return _KINDS[np.where(points < _BMP, points, 0)]


def lower(points: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Each code point in lower case, where that is one code point."""
    return np.where(points < _BMP, _LOWER[np.where(points < _BMP, points, 0)], points)


def is_letter(codes: Codes) -> Flags:
    """Whether each kind is one of the three kinds of letter."""
    return (codes >= Char.LOWER) & (codes <= Char.LETTER)
