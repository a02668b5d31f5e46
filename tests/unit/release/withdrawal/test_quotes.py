"""Quotations and names are found in texts whatever their writing, and overwritten sign by sign."""

import pytest

from builder.release.withdrawal.quotes import BLANK, named, overwritten, passages, quoted

SAID = "The mayor promised a new bridge, and sold us an old ferry"


def cleaned(text: str, *texts: str, names: tuple[str, ...] = ()) -> str:
    """A text with what quotes these texts, or is one of these names, overwritten."""
    return overwritten(text, quoted(text, passages(texts)) + named(text, names))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "> the MAYOR promised a new\nbridge or... what?",
            "> ███ █████ ████████ █ ███\n██████ or... what?",
        ),
        ("the mayor promised a bridge", "the mayor promised a bridge"),
        (f"“{SAID}”", "“███ █████ ████████ █ ███ ███████ ███ ████ ██ ██ ███ █████”"),
        ("", ""),
        ("🐘 no", "🐘 no"),
    ],
)
def test_six_words_in_a_row_are_a_quotation(text: str, left: str) -> None:
    """Six words in a row are overwritten whatever stands between them, fewer are left; places stay."""
    assert cleaned(text, SAID) == left
    assert len(left) == len(text)


def test_a_short_text_is_quoted_as_a_whole() -> None:
    """Of a text of three to five words all of them are a quotation, and one of two words is anybody's."""
    assert cleaned("You: told you so! Well.", "Told you so.") == "You: ████ ███ ██! Well."
    assert cleaned("No way.", "No way.") == "No way."


def test_signs_are_words_where_nobody_writes_spaces() -> None:
    """In scripts without spaces six signs in a row are a quotation."""
    assert cleaned("他说市长答应了一座新桥吗", "市长答应了一座新桥") == f"他说{BLANK * 9}吗"


def test_forms_of_letters_do_not_matter() -> None:
    """Composed and full-width letters are the same words."""
    assert BLANK in cleaned(
        "cafe\u0301 am Markt hat heute zu".replace("e\u0301", "é"), "ＣＡＦÉ am Markt hat heute zu"
    )


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("Well, zacharias, no", "Zacharias", "Well, █████████, no"),
        ("Zachariassen", "Zacharias", "Zachariassen"),
        ("as Al Po says", "Al Po", "as ██ ██ says"),
        ("as Bob says", "Bob", "as Bob says"),
        ("_Zacha\u200brias_, @al-po", "Zacharias", "_██████████_, @al-po"),
        ("_Zacharias_, @al-po", "Al Po", "_Zacharias_, ██████"),
        ("as (x+y) says", "(x+y) z", "as (x+y) says"),
    ],
)
def test_names_are_whole_words(text: str, name: str, left: str) -> None:
    """A name of two words or five letters is overwritten as a whole word; a shorter one would hit anything."""
    assert cleaned(text, names=(name,)) == left
