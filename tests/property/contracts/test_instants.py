"""Points in time keep their value on the way to text and back."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from builder.contracts import instants

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@given(st.integers(instants.FIRST, instants.LAST))
def test_every_moment_survives_as_text(microseconds: int) -> None:
    """To text and back gives the same microsecond."""
    assert instants.parse(instants.text(microseconds)) == EPOCH + timedelta(microseconds=microseconds)


@given(st.text() | st.from_regex(r"\A\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)?\Z"))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    """Reading never fails, and what it gives is in UTC."""
    moment = instants.parse(text)
    assert moment is None or moment.utcoffset() == timedelta(0)
