"""Numbers of bank accounts and payment cards, told from others by their check digits."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from builder.release.privacy.masks.listed import listed

_IBAN = re.compile(r"[0-9](?<=[a-z][a-z][0-9])(?<!\w[a-z][a-z][0-9])[0-9]")
_LENGTHS: Mapping[str, int] = MappingProxyType(
    {
        one[:2]: int(one[2:])
        for one in listed(
            "ad24 ae23 al28 at20 az28 ba20 be16 bg22 bh22 bi27 br29 by28 ch21 cr22 cy28 cz24 de22 dj27 dk18 "
            "do28 ee20 eg29 es24 fi18 fk18 fo18 fr27 gb22 ge22 gi23 gl18 gr27 gt28 hr21 hu28 ie22 il23 iq23 "
            "is26 it27 jo30 kw30 kz20 lb28 lc32 li21 lt20 lu20 lv21 ly25 mc27 md24 me22 mk19 mn20 mr27 mt31 "
            "mu30 nl18 no15 om23 pk24 pl28 ps29 pt25 qa29 ro24 rs22 ru33 sa24 sc31 sd18 se24 si19 sk24 sm27 "
            "so23 st25 sv28 tl23 tn24 tr26 ua29 va22 vg24 xk20"
        )
    }
)
"""How long the account numbers of each country are."""

_CARD = re.compile(
    r"\d(?<![\w.,+-]\d)\d{3}(?:\d{9,15}|([ .-])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|([ .-])\d{6}\2\d{4,5})(?![\w-])"
)


def ibans(folded: str) -> Iterator[tuple[int, int]]:
    """International bank account numbers, with or without signs between them, of the right length and check digits."""
    for match in _IBAN.finditer(folded):
        start = match.start() - 2
        length = _LENGTHS.get(folded[start : start + 2], 0)
        end = _end(folded, start, length) if length else 0
        if end:
            yield start, end


def _end(folded: str, start: int, length: int) -> int:
    """Where an account number of so many digits and letters ends; 0 if there is none."""
    signs, place = "", start
    while len(signs) < length and place < len(folded):
        one = folded[place]
        if one.isascii() and one.isalnum():
            signs += one
        elif one not in " .-" or folded[place - 1] in " .-":
            return 0
        place += 1
    ends = len(signs) == length and not folded[place : place + 1].isalnum()
    return place if ends and _remainder(signs) == 1 else 0


def _remainder(signs: str) -> int:
    return int("".join(str(int(one, 36)) for one in signs[4:] + signs[:4])) % 97


def cards(folded: str) -> Iterator[tuple[int, int]]:
    """Numbers of payment cards, in groups as they are printed or in one piece, with the right check digit."""
    for match in _CARD.finditer(folded):
        digits = [int(one) for one in match.group() if one.isdigit()]
        if 2 <= digits[0] <= 6 and len(set(digits)) > 1 and _luhn(digits):
            yield match.span()


def _luhn(digits: list[int]) -> bool:
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
