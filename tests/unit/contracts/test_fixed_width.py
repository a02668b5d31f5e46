"""Patterns compiled to ranges of bytes."""

import pyarrow as pa
import pytest

from builder.contracts.fixed_width import fixed_width

ID = "^u[0-9a-f]{3}$"


@pytest.mark.parametrize("pattern", ["^[0-9a-f]{64}$", "^ab[xyz][a-c]{2}$", "^[.]{3}-$", "^[a b-]$"])
def test_fixed_patterns_compile(pattern: str) -> None:
    """Letters and classes with fixed counts are compiled."""
    assert fixed_width(pattern) is not None


@pytest.mark.parametrize("pattern", ["^[^/]{3}$", "^a+$", "^a?$", "^a{1,2}$", "^a{2,}$", "^(ab)$", "^[é]$"])
def test_other_patterns_do_not(pattern: str) -> None:
    """What may vary in length, or is not plain ASCII, is left to the regex engine."""
    assert fixed_width(pattern) is None


@pytest.mark.parametrize(
    ("values", "accepted"),
    [
        ([], True),
        ([None, None], True),
        (["u000", None, "uf9a"], True),
        (["u000", "a000"], False),
        (["u00u"], False),
        (["u00"], False),
        (["u00", "u0000"], False),
        (["u00é"], False),
        (["u0é"], False),
        ([""], False),
        (["u00\n"], False),
    ],
)
def test_values_are_judged_exactly(values: list[str | None], accepted: bool) -> None:
    """Every place has to hold one of its characters; nulls do not count."""
    compiled = fixed_width(ID)
    assert compiled is not None
    assert compiled.accepts(pa.array(values, pa.string())) is accepted


def test_a_slice_is_judged_by_its_own_rows() -> None:
    """Rows outside a slice are not looked at."""
    compiled = fixed_width(ID)
    values = pa.array(["broken", "u000", "u111", "broken"])
    assert compiled is not None
    assert compiled.accepts(values.slice(1, 2))
    assert not compiled.accepts(values.slice(1, 3))


def test_bytes_below_a_null_do_not_matter() -> None:
    """Bytes that Arrow keeps for a null are no value; such an array is left to the slow path."""
    offsets = pa.array([0, 4, 8], pa.int32()).buffers()[1]
    values = pa.Array.from_buffers(
        pa.string(), 2, [pa.py_buffer(b"\x01"), offsets, pa.py_buffer(b"u000u1!!")]
    )
    compiled = fixed_width(ID)
    assert values.to_pylist() == ["u000", None]
    assert compiled is not None
    assert not compiled.accepts(values)
