"""Lexicon: a known word is found in any case, an unknown one is not."""

import pytest

from builder.parse.lexicon import Lexicon, Word, make_lexicon, word_hashes
from builder.run.corpus.weights import shipped_words

WORDS = {
    "function": ["and", "von", "más", "не"],
    "particle": ["von", "de"],
    "greeting": ["hi"],
    "address": ["http"],
}


@pytest.fixture
def lexicon() -> Lexicon:
    """A small lexicon."""
    return make_lexicon(WORDS)


def test_a_word_can_be_several_things(lexicon: Lexicon) -> None:
    """What a word is, is the union of the lists that it stands in."""
    wanted = {
        "and": Word.FUNCTION,
        "von": Word.FUNCTION | Word.PARTICLE,
        "de": Word.PARTICLE,
        "hi": Word.GREETING,
    }
    assert lexicon.look_up(word_hashes(list(wanted))).tolist() == [int(word) for word in wanted.values()]


def test_case_does_not_matter(lexicon: Lexicon) -> None:
    """A word is found however it is capitalised."""
    assert lexicon.look_up(word_hashes(["AND", "Más", "НЕ"])).tolist() == [Word.FUNCTION] * 3


def test_unknown_words_are_nothing(lexicon: Lexicon) -> None:
    """Parts of words, longer words and words in no list are 0."""
    assert (
        lexicon.look_up(word_hashes(["an", "ands", "h", "mas", "zebra", "vonde", "dnа"])).tolist() == [0] * 7
    )
    assert lexicon.look_up(word_hashes([])).tolist() == []


def test_no_known_word_is_cut(lexicon: Lexicon) -> None:
    """`longest` is the length of the longest word."""
    assert lexicon.longest == 4


def test_the_shipped_words_are_all_found() -> None:
    """Every word of the shipped lists is known as what its list says, in small letters and without a double."""
    words = shipped_words()
    shipped = make_lexicon(words)
    for kind, listed in words.items():
        assert len(set(listed)) == len(listed)
        assert [word for word in listed if word != word.lower()] == []
        assert (shipped.look_up(word_hashes(listed)) & Word[kind.upper()]).all()


def test_a_list_of_no_known_kind_is_refused() -> None:
    """A lexicon with a list that no feature asks for raises `KeyError`."""
    with pytest.raises(KeyError, match="NOUN"):
        make_lexicon({"noun": ["ship"]})
