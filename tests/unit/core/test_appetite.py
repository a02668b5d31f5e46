"""How much memory a capture takes is told from its bytes and lines, before it is parsed."""

import pytest

from builder.core.appetite import PER_LINE, appetite, is_too_much, meals
from builder.core.capturefile import LARGEST

PARAGRAPH = (
    b"The harbour crane stands still since Monday, and nobody in the council knows why it does not move.\n\n"
)


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (b"", False),
        (b"a\n\n" * 1_000_000, False),
        (b"a\n\n" * 2_000_000, True),
        (b"a\r" * 2_000_000, True),
        (b"\n" * 8_000_000, False),
        (PARAGRAPH * 100_000, False),
    ],
)
def test_many_short_lines_are_too_much(data: bytes, refused: bool) -> None:
    """A capture whose short lines take more than the largest usual one is told; blank lines and usual text are not."""
    assert bool(is_too_much(data, LARGEST)) == refused
    assert not is_too_much(data, 4 * LARGEST)


def test_the_largest_usual_capture_is_taken() -> None:
    """A capture of usual paragraphs may be as large as the limit says."""
    assert not is_too_much(PARAGRAPH * (LARGEST // len(PARAGRAPH)), LARGEST)


def test_meals_are_bounded_and_leave_nothing() -> None:
    """Captures are taken in order, no more at once than memory is there for, and one at least."""
    captures = [b"a\n" * size for size in (1, 5, 2, 100, 1, 1)]
    counts = list(meals(captures, appetite(b"a\n" * 8)))
    assert counts == [3, 1, 2]
    assert list(meals([], 5)) == []


def test_what_surely_fits_is_one_meal() -> None:
    """Captures that fit together are taken at once, also where bytes that end no line make one look too careful."""
    captures = [b"\t" * 20 + b"a\n", b"b\r\n", b""]
    least = sum(map(appetite, captures))
    assert list(meals(captures, least)) == [3]
    assert list(meals(captures, 2 * PER_LINE * len(captures[0]))) == [3]
    assert list(meals(captures, least - 1)) == [1, 2]
