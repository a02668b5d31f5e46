"""A text in the form in which all spellings of a word are equal, with the way back to its own characters."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

CUT = "\0"
"""What stands between texts that are read as one; canonical text never has it, and nothing matches across it."""

_PLANE = 0x10000
"""Characters from here on are taken one by one: Python matches a class of those before it at once."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``pieces`` are the stretches of it that are not one character for one, in order.

    A piece is where it begins and ends in the folded text, and where in the text itself.
    """

    text: str
    pieces: tuple[tuple[int, int, int, int], ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text itself that holds all characters of a span of the folded text."""
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, at: int) -> tuple[int, int]:
        """The first character of the text behind a folded character, and the one after the last."""
        found = bisect_right(self.pieces, at, key=lambda piece: piece[0]) - 1
        if found < 0:
            return at, at + 1
        _, folded_end, start, end = self.pieces[found]
        if at < folded_end:
            return start, end
        return end + at - folded_end, end + at - folded_end + 1


_UNSEEN = frozenset(
    {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0}
    | {*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
)
"""What shows nothing and is no format character by its category: joiners, fillers, selectors of variants."""

_SPACELESS = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u3040", "\u30ff"),
              ("\u3400", "\u9fff"), ("\uac00", "\ud7a3"), ("\U00020000", "\U0003ffff"))  # fmt: skip
"""Thai to Lao, Burmese, Khmer, Kana, Han, Hangul (whose particles cling to names), Han again."""


def fold(text: str) -> Folded:
    """Unicode NFKC, case folded, without invisible characters, white space kept.

    So does ``builder.core.ids.name_key`` tell authors apart; here an i has its dot or not, too, since capitals of
    Turkish names lose or gain it, and nothing that is invisible is left.
    """
    if text.isascii():
        return Folded(text.lower())
    parts: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    last = length = 0
    for match in _odd().finditer(text):
        start, end = match.span()
        if start > last and text[start - 1] != CUT and _joins(text[start]):
            start -= 1
        plain, odd = _plain(text[last:start]), _few(text[start:end])
        length += len(plain)
        pieces.append((length, length + len(odd), start, end))
        length += len(odd)
        parts += plain, odd
        last = end
    parts.append(_plain(text[last:]))
    return Folded("".join(parts), tuple(pieces))


def words_of(folded: str) -> list[str]:
    """The words of a folded text: runs of letters, digits, the marks on them, and underscores between them."""
    return [word for found in _word().findall(folded) if (word := found.strip("_"))]


def is_word(character: str) -> bool:
    """Whether a character is part of a word wherever it stands; an underscore may be a sign of emphasis."""
    return character != "_" and _part().match(character) is not None


def inside_word(folded: str, at: int) -> bool:
    """Whether the characters on both sides of a place are of one word, which a script without spaces leaves open."""
    before, after = at - 1, at
    while before >= 0 and folded[before] == "_":
        before -= 1
    while after < len(folded) and folded[after] == "_":
        after += 1
    sides = (folded[before], folded[after]) if before >= 0 and after < len(folded) else ("",)
    return all(is_word(one) and not _spaceless(one) for one in sides)


def _spaceless(character: str) -> bool:
    return any(first <= character <= last for first, last in _SPACELESS)


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return plain.replace("i\u0307", "i").replace("ı", "i")


@lru_cache(maxsize=10_000)
def _few(text: str) -> str:
    return _plain("".join(one for one in text if not _unseen(one)))


@cache
def _odd() -> re.Pattern[str]:
    """What is not folded one character to one: what joins the character before it, or becomes several."""
    every = (chr(code) for code in range(0x80, _PLANE) if not 0xD800 <= code < 0xE000)
    odd = _class([one for one in every if _joins(one) or len(_plain(one)) != 1])
    return re.compile(f"[{odd}{chr(_PLANE)}-\U0010ffff]+")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(f"{_part().pattern}+")


@cache
def _part() -> re.Pattern[str]:
    marks = [chr(code) for code in range(0x300, _PLANE) if unicodedata.category(chr(code))[0] == "M"]
    return re.compile(rf"[\w{_class(marks)}]")


@cache
def _joins(character: str) -> bool:
    first = unicodedata.normalize("NFKC", character)[0]
    vowel_or_final = "\u1160" <= first <= "\u11ff" or "\ud7b0" <= first <= "\ud7fb"
    return _unseen(character) or unicodedata.category(first)[0] == "M" or vowel_or_final


def _unseen(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or ord(character) in _UNSEEN


def _class(characters: list[str]) -> str:
    """The characters as the inside of a class of a pattern, in runs."""
    runs: list[list[str]] = []
    for one in characters:
        if runs and ord(one) == ord(runs[-1][1]) + 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    return "".join(f"{re.escape(first)}-{re.escape(last)}" for first, last in runs)
