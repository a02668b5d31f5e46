"""Numbers as people read them."""

import pytest

from builder.report.words import between, decimal, number, numeral, percent, seconds, shortened, together


def test_numbers_agree_with_things() -> None:
    """One thing is singular, others are plural, thousands have commas."""
    assert [number(count, "unit") for count in (0, 1, 2000)] == [
        "0\u00a0units",
        "1\u00a0unit",
        "2,000\u00a0units",
    ]
    assert numeral(20_000) == "20k"
    assert numeral(20_001) == "20,001"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0\u00a0%"),
        (0.004, "0.4\u00a0%"),
        (0.5, "50\u00a0%"),
        (0.996, "99.6\u00a0%"),
        (1.0, "100\u00a0%"),
    ],
)
def test_percent(share: float, said: str) -> None:
    """Shares are whole, but nothing is not told from something, and all from nearly all."""
    assert percent(share) == said


def test_what_is_not_defined_says_so() -> None:
    """A missing coefficient is said to be missing, never 0."""
    assert decimal(None) == percent(None) == "not defined"
    assert between(None, 0.5) == ""


def test_decimals() -> None:
    """A minus is a minus, and there is no negative nothing."""
    assert [decimal(value) for value in (-0.5, -0.001, 0.666)] == ["\u22120.50", "0.00", "0.67"]
    assert between(-0.1, 0.5) == "\u22120.10 to 0.50"


def test_times() -> None:
    """Seconds become minutes and hours where those are easier to grasp."""
    said = [seconds(value).replace("\u00a0", " ") for value in (4.25, 59.7, 600, 9000)]
    assert said == ["4.2 s", "60 s", "10 min", "2.5 h"]


def test_lists_and_cuts() -> None:
    """Words become a list of a sentence; a text that is too long ends in an ellipsis."""
    assert together(["a", "b", "c"]) == "a, b and c"
    assert (shortened("abc", 3), shortened("ab cd", 4)) == ("abc", "ab…")
