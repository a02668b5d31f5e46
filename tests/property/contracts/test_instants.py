"""Points in time keep their value on the way to text and back."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from builder.contracts import instants

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
almost = st.from_regex(r"\A\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)?\Z")
written = st.integers(instants.FIRST, instants.LAST).map(instants.text)
digits = st.from_regex(r"\A[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\.[0-9]{1,6})?Z\Z")
others = st.text(max_size=3) | st.sampled_from([None, 5, True, "\ud83d", "2031-02-30T00:00:00Z"])


@given(st.integers(instants.FIRST, instants.LAST))
def test_every_moment_survives_as_text(microseconds: int) -> None:
    """To text and back gives the same microsecond."""
    assert instants.parse(instants.text(microseconds)) == EPOCH + timedelta(microseconds=microseconds)


@given(st.text() | almost)
def test_any_text_is_a_moment_or_none(text: str) -> None:
    """Reading never fails, and what it gives is in UTC."""
    moment = instants.parse(text)
    assert moment is None or moment.utcoffset() == timedelta(0)


@given(st.lists(written | st.none()) | st.lists(digits, max_size=2) | st.lists(written | almost | others))
def test_many_are_read_as_each_is(values: list[object]) -> None:
    """A column of moments is what its texts name one by one, whatever else is among them."""
    moments = [instants.parse(each) if isinstance(each, str) else None for each in values]
    expected = [None if each is None else instants.microseconds(each) for each in moments]
    assert instants.parse_all(values).cast("int64").to_pylist() == expected
