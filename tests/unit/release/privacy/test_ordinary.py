"""Which names are ordinary words."""

from builder.release.privacy.ordinary import ordinary_words


def test_a_word_of_other_threads_is_ordinary() -> None:
    """It has to stand in lower case in three threads where nobody bears the name."""
    threads = [("a rose here", ()), ("the rose", ()), ("Rose", ()), ("rose and rose", [("rose",)])]
    assert ordinary_words(["rose"], threads) == frozenset()
    assert ordinary_words(["rose"], [*threads, ("one rose more", ())]) == {"rose"}


def test_numbers_are_ordinary_and_words_without_case_are_not() -> None:
    """A year is no name; where no letter is small, nothing tells a word from a name."""
    threads = [("in 2031 نور", ())] * 5
    assert ordinary_words(["2031", "نور"], threads) == {"2031"}
