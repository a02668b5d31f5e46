"""Points in time between their three forms: RFC 3339 text, datetime, microseconds since 1970."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

FIRST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
"""The first point in time that RFC 3339 and Python can both write (year 1), in microseconds since 1970."""

LAST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
"""The last one (year 9999)."""

_STORED = pa.timestamp("us", tz="UTC")
_USUAL = r"^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$"
"""What Arrow reads as ``parse`` does, in a fifth of a microsecond."""
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_RFC_3339 = re.compile(rf"\d{{4}}-\d\d-\d\d[Tt]{_CLOCK}:\d\d(?:\.\d+)?(?:[Zz]|[+-]{_CLOCK})", re.ASCII)


@lru_cache(maxsize=1024)
def parse(text: str) -> datetime | None:
    """The moment that an RFC 3339 text names, in UTC; none if it names none.

    Digits beyond the microsecond are cut off. A leap second (``:60``) names no moment that can be stored.
    """
    if not _RFC_3339.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def parse_all(texts: Sequence[object]) -> pa.Array:
    """``parse`` of many values as a column of moments, null for what names none and for what is no text."""
    try:
        column = pa.array(texts, pa.string())
        if pc.all(pc.match_substring_regex(column, _USUAL), min_count=0).as_py():
            return column.cast(_STORED)
    except (pa.ArrowException, UnicodeEncodeError):  # another type, half a character, the 30th of February
        pass
    moments = [parse(each) if isinstance(each, str) else None for each in texts]
    return pa.array([None if each is None else microseconds(each) for each in moments], _STORED)


def microseconds(moment: datetime) -> int:
    """A moment as it is stored. Arrow takes ten times as long over moments as over their numbers."""
    return (moment - _EPOCH) // _MICROSECOND


def text(microseconds: int) -> str:
    """A stored point in time as RFC 3339 text; outside the years 1 to 9999, a text that is none."""
    if not FIRST <= microseconds <= LAST:
        return f"{microseconds} microseconds since 1970"
    return (_EPOCH + microseconds * _MICROSECOND).isoformat().replace("+00:00", "Z")
