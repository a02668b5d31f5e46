"""Ids: strings that say what they name, made from content alone."""

import re

from hypothesis import given
from hypothesis import strategies as st

from builder.core.ids import article_id, author_id, comment_id, name_key

ARTICLE = article_id("paper/2031/one.txt")


def test_ids_have_a_letter_and_twenty_digits() -> None:
    """Each id is a letter of its kind and twenty hex digits, so that no tool takes it for a number."""
    ids = {"a": ARTICLE, "c": comment_id(ARTICLE, "0" * 64, 0), "u": author_id("paper", "ann")}
    assert all(re.fullmatch(f"{letter}[0-9a-f]{{20}}", made) for letter, made in ids.items())


def test_an_id_never_changes() -> None:
    """The ids of today are the ids of ever: these were written down on the first day."""
    assert ARTICLE == "ae1b1fcf48d60e7f1bf5e"
    assert comment_id("a0", "f" * 64, 1) == "c94794d8c00cb031e6294"
    assert author_id("paper", "ann") == "u51bf3907d39e68ee1754"


def test_equal_texts_are_told_apart() -> None:
    """The second of two equal comments of an article has an id of its own."""
    assert comment_id(ARTICLE, "0" * 64, 0) != comment_id(ARTICLE, "0" * 64, 1)


def test_one_name_at_two_sources_is_two_authors() -> None:
    """An author belongs to a source."""
    assert author_id("paper", "ann") != author_id("radio", "ann")


def test_spellings_of_one_name_are_equal() -> None:
    """Width, case and white space make no new author; an accent does."""
    assert name_key("  Ann\u00a0 LEE ") == name_key("\uff41\uff4e\uff4e lee") == "ann lee"
    assert name_key("Straße") == name_key("STRASSE")
    assert name_key("René") == name_key("RENE\u0301") != name_key("Rene")


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    """The key of a key is the key, so a key can be looked up by itself."""
    assert name_key(name_key(name)) == name_key(name)
