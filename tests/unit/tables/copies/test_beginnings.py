"""A number for the beginning of each text's normal form."""

import pyarrow as pa
import pytest

from builder.tables.copies.keys import beginnings

LONG = "the beginning of a text that goes on for long enough "


def numbers(*texts: str) -> list[int]:
    """The number of each text."""
    found: list[int] = beginnings(pa.array(texts, pa.string()), 40).tolist()
    return found


@pytest.mark.parametrize(
    "texts",
    [
        ("Well, well.", "WELL well", "Ｗｅｌｌ  ｗｅｌｌ!"),
        ("é", "e\u0301", "É"),
        ("X" * 63 + "é", "x" * 63 + "e\u0301", ". " * 100 + "X" * 70),
        ("Нет " * 50, "нет" * 50),
        ("“Abc…”", "abc", " " * 300 + "ABC"),
        ("! !", "!!"),
    ],
    ids=["case", "accent", "accent at an end", "Cyrillic", "marks", "bare"],
)
def test_one_normal_form_has_one_number(texts: tuple[str, ...]) -> None:
    """Case, marks, white space and variants of letters make no difference, wherever they stand."""
    assert len(set(numbers(*texts))) == 1


def test_others_have_others() -> None:
    """Texts that differ in one of their first forty letters have different numbers, bare marks too."""
    texts = [LONG[:place] + "#z" + LONG[place + 1 :] for place in range(40) if LONG[place] not in " z"]
    assert len({*numbers(LONG, *texts, "!", "?", "…")}) == len(texts) + 4


def test_an_empty_text_has_none() -> None:
    """Empty texts begin like nothing, and no texts have no numbers."""
    assert numbers("", "a")[0] == 0
    assert numbers() == []


def test_a_slice_is_as_good() -> None:
    """Texts in the middle of a column have the numbers that they have alone."""
    whole = pa.array(["one", "two", "три", "four"])
    assert beginnings(whole.slice(1, 2), 40).tolist() == numbers("two", "три")
