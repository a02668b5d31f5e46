"""Patterns of fixed width mean the same as bytes and as a regular expression."""

import re

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from builder.contracts.fixed_width import fixed_width

PATTERN = "^[ab]x[0-9a-f]{2}$"
VALUES = st.none() | st.from_regex(r"[abx][xy][0-9a-g]{2}", fullmatch=True) | st.text(max_size=5)


@given(st.lists(VALUES, max_size=6), st.integers(0, 3))
def test_bytes_and_expression_agree(values: list[str | None], skipped: int) -> None:
    """A slice of an array is accepted exactly when each of its values matches as a whole."""
    compiled = fixed_width(PATTERN)
    assert compiled is not None
    matching = [value is None or re.fullmatch(PATTERN[1:-1], value) is not None for value in values[skipped:]]
    assert compiled.accepts(pa.array(values, pa.string()).slice(skipped)) is all(matching)
