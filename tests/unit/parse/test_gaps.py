"""Gaps: what a number of blank lines says."""

import numpy as np

from builder.parse.gaps import GAPS, gap_codes


def test_small_gaps_are_themselves_and_wide_ones_odd_or_even() -> None:
    """Up to four blank lines each number is its own code; from five on only odd and even are told apart."""
    codes = gap_codes(np.array([0, 1, 2, 3, 4, 5, 6, 7, 8, 1001, 10_000]))
    assert [GAPS[code] for code in codes] == [
        "none", "one", "two", "three", "four", "five or odd", "six or even", "five or odd", "six or even",
        "five or odd", "six or even",
    ]  # fmt: skip
