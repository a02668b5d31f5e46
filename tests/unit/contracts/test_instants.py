"""Points in time as text and as numbers."""

from datetime import UTC, datetime

import pytest

from builder.contracts import instants


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2031-03-14T09:00:00Z", datetime(2031, 3, 14, 9, tzinfo=UTC)),
        ("2031-03-14t09:00:00z", datetime(2031, 3, 14, 9, tzinfo=UTC)),
        ("2031-03-14T09:00:00+02:00", datetime(2031, 3, 14, 7, tzinfo=UTC)),
        ("2031-03-14T09:00:00.5-00:30", datetime(2031, 3, 14, 9, 30, 0, 500_000, tzinfo=UTC)),
        ("2031-03-14T09:00:00.1234567Z", datetime(2031, 3, 14, 9, 0, 0, 123_456, tzinfo=UTC)),
        ("2032-02-29T00:00:00Z", datetime(2032, 2, 29, tzinfo=UTC)),
    ],
)
def test_rfc_3339_is_read(text: str, moment: datetime) -> None:
    """Every form of RFC 3339 gives its moment in UTC."""
    assert instants.parse(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2031-03-14",
        "2031-03-14 09:00:00Z",
        "2031-03-14T09:00:00",
        "2031-03-14T09:00Z",
        "2031-03-14T09:00:00Z\n",
        "2031-02-29T00:00:00Z",
        "2031-13-01T00:00:00Z",
        "2031-03-14T24:00:00Z",
        "2031-03-14T23:59:60Z",
        "2031-03-14T09:00:00+0200",
        "2031-03-14T09:00:00+24:00",
        "2031-03-14T09:00:00+02:60",
        "2031-W11-5T09:00:00Z",
        "٢٠٣١-03-14T09:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
    ],
)
def test_anything_else_is_no_moment(text: str) -> None:
    """Other notations, dates that are not in the calendar and moments beyond the years 1 to 9999 are none."""
    assert instants.parse(text) is None


@pytest.mark.parametrize("microseconds", [0, -1, 1, instants.FIRST, instants.LAST])
def test_a_stored_moment_has_a_text(microseconds: int) -> None:
    """What a column can hold within the years 1 to 9999 is written as RFC 3339 and read back the same."""
    read = instants.parse(instants.text(microseconds))
    assert read is not None
    assert (read - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() == pytest.approx(microseconds / 1e6)


@pytest.mark.parametrize("microseconds", [instants.FIRST - 1, instants.LAST + 1, 2**63 - 1, -(2**63)])
def test_a_moment_that_nobody_can_write_has_none(microseconds: int) -> None:
    """A number beyond those years becomes a text that is no date-time."""
    assert instants.parse(instants.text(microseconds)) is None
