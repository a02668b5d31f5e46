"""Columns: arrays become Arrow columns that say what the arrays said."""

from hashlib import sha256

import numpy as np
import pyarrow as pa
import pytest

from builder.contracts.arrow import strings
from builder.tables.columns import hexadecimal, int32, joined, nulls, picked, places, rounded


def numbers(*values: int) -> np.ndarray:
    """Whole numbers as an array."""
    return np.array(values, dtype=np.int64)


def test_whole_numbers_fit_or_raise() -> None:
    """Numbers of 32 bits come out as they went in; a wider one raises instead of wrapping round."""
    assert int32(numbers(0, -1, 2**31 - 1)) == pa.array([0, -1, 2**31 - 1], pa.int32())
    with pytest.raises(pa.ArrowInvalid):
        int32(numbers(2**31))


def test_missing_places_are_null() -> None:
    """A place that is missing is null, whatever its number, beyond a byte of marks too."""
    missing = np.arange(19) % 3 == 1
    assert places(np.arange(19), missing).to_pylist() == [None if n % 3 == 1 else n for n in range(19)]
    assert places(numbers()).to_pylist() == []


def test_probabilities_have_three_digits() -> None:
    """Probabilities are rounded to a thousandth, as 32-bit numbers."""
    found = rounded(np.array([0.0, 0.1234, 0.99951, 1.0]))
    assert found == pa.array(np.array([0, 0.123, 1, 1], dtype=np.float32))


def test_strings_are_the_slices() -> None:
    """Each string is the slice of the buffer, whatever lies between slices; the buffer may change afterwards."""
    buffer = np.frombuffer("aé中\U0001f600 x".encode(), dtype=np.uint8).copy()
    found = strings(buffer, numbers(0, 3, 6, 11), numbers(1, 6, 10, 12))
    buffer[:] = 0
    assert found.to_pylist() == ["a", "中", "\U0001f600", "x"]
    assert strings(buffer, numbers(), numbers()) == pa.array([], pa.string())


def test_runs_are_joined_by_a_blank_line() -> None:
    """So many strings each are joined by a blank line; a run of none is an empty text."""
    found = joined(pa.array(["a", "b", "c"]), numbers(2, 0, 1))
    assert found.to_pylist() == ["a\n\nb", "", "c"]
    assert joined(pa.array([], pa.string()), numbers()).to_pylist() == []


def test_values_are_picked_by_place() -> None:
    """The value at each place is taken, null where it is missing, from a sequence or from a column."""
    missing = np.array([False, True, False])
    for values in (("x", "y"), pa.array(["x", "y"])):
        assert picked(values, numbers(1, 0, 0), missing).to_pylist() == ["y", None, "x"]
        assert picked(values, numbers()).to_pylist() == []


def test_digests_are_written_in_digits() -> None:
    """Digests become their hexadecimal digits behind the prefix."""
    digests = [sha256(bytes([each])).digest() for each in range(3)]
    assert hexadecimal(b"".join(digests), 32).to_pylist() == [each.hex() for each in digests]
    short = b"".join(each[:10] for each in digests)
    assert hexadecimal(short, 10, "c").to_pylist() == [f"c{each[:10].hex()}" for each in digests]
    assert hexadecimal(b"", 10, "c").to_pylist() == []


def test_nulls_are_of_their_type() -> None:
    """A column that says nothing has its rows and its type."""
    assert nulls(2, pa.timestamp("us", "UTC")) == pa.nulls(2, pa.timestamp("us", "UTC"))
