"""Spellings of one word are equal when folded, and lead back to their own characters."""

import unicodedata

import pytest

from builder.core.ids import name_key
from builder.release.privacy.fold import fold, inside_word, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë Müller", unicodedata.normalize("NFD", "zoë MÜLLER")),
        ("Straße", "STRASSE"),
        ("ﬁlm", "Film"),
        ("Ａｎｎａ", "anna"),
        ("An\u00adna", "Anna"),
        ("한국", unicodedata.normalize("NFD", "한국")),
        ("𝐀nna", "anna"),
        ("Anna ❤\ufe0f", "Anna ❤"),
        ("An\u034fn\u3164a", "Anna"),
        ("İrem Işık", "IREM IŞIK"),
        ("Deniz Yıldız", "DENİZ YILDIZ"),
    ],
)
def test_spellings_are_equal(one: str, other: str) -> None:
    """Case (of a Turkish i, too), compositions, ligatures, widths and invisible characters make no difference."""
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize("name", ["Zoë Müller", "ΣΊΣΥΦΟΣ", "ǰan", "각하", "Ǆ"])
def test_folded_is_the_key_of_a_name(name: str) -> None:
    """A name folds to the key by which authors are told apart, a Turkish i and signs that show nothing aside."""
    assert fold(name).text == name_key(name)


def test_a_place_leads_back() -> None:
    """The span of a folded word is that of the word, marks on it included."""
    text = "die Straße von Zoe\u0308 M."
    folded = fold(text)
    at = folded.text.index("zoë")
    start, end = folded.original(at, at + 3)
    assert text[start:end] == "Zoe\u0308"


def test_words_keep_their_marks() -> None:
    """A vowel sign is part of its word, and so is an underscore in it; hyphens and underscores around it are not."""
    assert words_of(fold("राम-Lee, __o'neill_7_").text) == ["राम", "lee", "o", "neill_7"]


def test_scripts_without_spaces_have_no_insides() -> None:
    """Between Han characters nobody knows where a word ends, between letters one does, underscores or not."""
    assert inside_word("anna", 2)
    assert not inside_word("山田さん", 2)
    assert not inside_word("anna", 4)
    assert [at for at in range(10) if inside_word("_anna_lee_", at)] == [2, 3, 4, 5, 6, 7, 8]
