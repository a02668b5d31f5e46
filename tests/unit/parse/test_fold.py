"""The normal form: what differs in case, punctuation, white space or the making of a letter is one text."""

import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.parse.fold import END, letters, words

TEXTS = st.lists(st.text(), max_size=6)


def one(text: str) -> str:
    """The letters of one text."""
    return letters(pa.array([text])).removesuffix(END).decode()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Straße", "STRASSE"),
        ("caf\u00e9", "cafe\u0301"),
        ("ﬁne, ½ “well”…", "FINE 1⁄2 well"),
        ("don’t", "dont"),
        ("a\u00a0b\tc\nd", "abcd"),
        ("Ａｄｄ tanks!!!", "add tanks"),
    ],
)
def test_variants_are_one(text: str, same: str) -> None:
    """Case, punctuation, white space, ligatures, widths and accents written in two ways do not count."""
    assert one(text) == one(same)


@pytest.mark.parametrize(
    ("text", "other"), [("👍", "👎"), ("1 + 1", "1 - 1"), ("hören", "horen"), ("no", "now")]
)
def test_what_means_something_counts(text: str, other: str) -> None:
    """Symbols, pictures, accents and letters make texts differ."""
    assert one(text) != one(other)


def test_words_stay_apart() -> None:
    """Words are parted where anything was dropped, and each sign of a script without spaces is one."""
    made = words(pa.array(["Well, don’t—go 漢字です"])).removesuffix(END).decode()
    assert made.split() == ["well", "don", "t", "go", "漢", "字", "で", "す"]


@given(TEXTS)
def test_the_definition_holds(texts: list[str]) -> None:
    """For any texts: NFKC, casefold, NFKC, without characters of categories P, Z and C."""
    due = []
    for text in texts:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        kept = [c for c in folded if unicodedata.category(c)[0] not in "PZC"]
        due.append("".join(kept).encode())
    assert letters(pa.array(texts, pa.string())).split(END)[:-1] == due
    assert [b"".join(each.split(b" ")) for each in words(pa.array(texts, pa.string())).split(END)[:-1]] == due
