"""A batch of texts as one buffer."""

import numpy as np
import pyarrow as pa
import pytest

from builder.tables.check_buffer import buffer_of, joined, unequal

TEXTS = ("naïve 🐘 café", "", "plain", "слово")


def cut(*stretches: tuple[int, int, int]) -> list[str]:
    """The stretches (text, start, end) that the buffer of the texts gives."""
    columns = [np.array(column, dtype=np.int64) for column in zip(*stretches, strict=True)]
    cut: list[str] = buffer_of([text.encode() for text in TEXTS]).cut(*columns).to_pylist()
    return cut


def test_lengths_are_in_code_points() -> None:
    """A character of four bytes is one character."""
    assert buffer_of([text.encode() for text in TEXTS]).lengths.tolist() == [len(text) for text in TEXTS]


@pytest.mark.parametrize(
    "stretches",
    [
        [(0, 0, 12), (2, 0, 5), (3, 0, 5)],
        [(0, 2, 3), (0, 6, 7), (2, 1, 2), (3, 4, 5)],
        [(3, 0, 2), (0, 6, 12), (2, 1, 4)],
        [(0, 0, 8), (0, 3, 12)],
    ],
    ids=["whole", "rising", "falling", "overlapping"],
)
def test_stretches_are_slices(stretches: list[tuple[int, int, int]]) -> None:
    """What is cut is what Python's slices give, in any order."""
    assert cut(*stretches) == [TEXTS[text][start:end] for text, start, end in stretches]


def test_what_lies_outside_is_cut_off() -> None:
    """An offset beyond a text reaches to its end, and never into the next text."""
    assert cut((0, 6, 99), (1, 0, 7), (2, 9, 12), (3, 4, 2)) == ["🐘 café", "", "", ""]


def test_no_texts_are_a_buffer_too() -> None:
    """A batch without a text has no lengths."""
    assert buffer_of([]).lengths.tolist() == []


def test_pieces_are_joined_by_blank_lines() -> None:
    """Pieces come in order below their owner; who has none gets null."""
    pieces = pa.array(["a", "b", "c", "d"])
    assert joined(pieces, np.array([2, 0, 2, 2]), 4).to_pylist() == ["b", None, "a\n\nc\n\nd", None]


def test_null_equals_null_only() -> None:
    """Rows differ where texts do, or where one is null."""
    stored, wanted = pa.array(["a", None, "", None, "x"]), pa.array(["a", None, None, "", "y"])
    assert unequal(stored, wanted).tolist() == [2, 3, 4]
