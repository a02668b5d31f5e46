"""Alphabet: the kind of a character, whatever its script."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.parse.alphabet import Char, kinds, lower

KNOWN = {
    Char.LOWER: "aßéяω", Char.UPPER: "AÉЯΩ", Char.LETTER: "عא中あ한", Char.DIGIT: "09٣",
    Char.SPACE: " \t\xa0\u2028", Char.DOT: ".。", Char.EXCLAMATION: "!¡！", Char.QUESTION: "?؟", Char.ELLIPSIS: "…",
    Char.COLON: ":", Char.COMMA: ",،", Char.SEMICOLON: ";", Char.BRACKET: "([", Char.QUOTE: "\"'„”’«", Char.DASH: "-–—",
    Char.AT: "@", Char.UNDERSCORE: "_",
    Char.MARK: "*#>•", Char.SYMBOL: "\U0001f600\u2665€\ue000\U00020000",
}  # fmt: skip


def kinds_of(text: str) -> list[Char]:
    """The kind of every character."""
    return [Char(int(kind)) for kind in kinds(np.array([ord(sign) for sign in text], dtype=np.uint32))]


@pytest.mark.parametrize("kind", Char)
def test_known_characters_are_of_their_kind(kind: Char) -> None:
    """Each kind holds the characters it is there for."""
    assert kinds_of(KNOWN[kind]) == [kind] * len(KNOWN[kind])


def test_letters_with_case_are_told_as_python_tells_them() -> None:
    """Up to where scripts have no case, a character is a small letter, a capital or a space if it is one for Python."""
    text = "".join(map(chr, range(0x3040)))
    for sign, kind in zip(text, kinds_of(text), strict=True):
        assert (kind == Char.LOWER) == sign.islower()
        assert (kind == Char.UPPER) == sign.isupper()
        assert (kind == Char.SPACE) == sign.isspace()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_lower_case_is_that_of_python(text: str) -> None:
    """In small letters a character is what Python makes of it where that is one character, cut to 16 bits."""
    found = lower(np.array([ord(sign) for sign in text], dtype=np.uint32)).tolist()
    for sign, small in zip(text, found, strict=True):
        if ord(sign) < 0x3040:
            assert small == ord(sign.lower()[0])
        else:
            assert small == ord(sign) & 0xFFFF
