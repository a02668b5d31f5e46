"""Side files of captures, read strictly."""

import pytest

from builder.contracts.records import read_record

GOOD = b'{"url": "https://example.org/a", "published_at": "2031-03-14T09:00:00Z", "language": "pt-BR"}'


@pytest.mark.parametrize("data", [GOOD, b"\xef\xbb\xbf" + GOOD, b"{}", b'{"url": null}'])
def test_a_good_record_has_no_faults(data: bytes) -> None:
    """Complete, empty, null and with a byte-order mark: all are read."""
    assert read_record("capture_meta", data).faults == ()


def test_values_come_as_they_stand() -> None:
    """The record's values are those of the file."""
    assert read_record("capture_meta", GOOD).values["language"] == "pt-BR"


@pytest.mark.parametrize(
    ("data", "place", "check"),
    [
        (b'{"published_at": "14 March 2031"}', "capture_meta/published_at", "format"),
        (b'{"url": "www.example.org"}', "capture_meta/url", "pattern"),
        (b'{"url": "https://example.org/a b"}', "capture_meta/url", "pattern"),
        (b'{"url": 7}', "capture_meta/url", "type"),
        (b'{"source": ""}', "capture_meta/source", "minLength"),
        (b'{"language": "English"}', "capture_meta/language", "pattern"),
        (b'{"licenses": "CC0-1.0"}', "capture_meta", "additionalProperties"),
        (b"[]", "capture_meta", "type"),
        (b"null", "capture_meta", "type"),
        (b"", "capture_meta", "json"),
        (b"{", "capture_meta", "json"),
        (b'{"url": NaN}', "capture_meta", "json"),
        (b'{"url": null, "url": null}', "capture_meta", "json"),
        (b'{"url": "\xff"}', "capture_meta", "json"),
        (b"[" * 100_000, "capture_meta", "json"),
    ],
)
def test_a_broken_record_is_refused(data: bytes, place: str, check: str) -> None:
    """Each fault has its place and kind, and nothing of the record is taken."""
    record = read_record("capture_meta", data)
    assert [(fault.place, fault.check) for fault in record.faults] == [(place, check)]
    assert record.values == {}


def test_a_fault_says_what_is_wanted() -> None:
    """The message quotes the value and says what should stand there."""
    (fault,) = read_record("capture_meta", b'{"published_at": "yesterday"}').faults
    assert fault.message == (
        "capture_meta/published_at: 'yesterday' is not a 'date-time'. "
        "Wanted: When the article was published: "
        "date, time and offset as RFC 3339 writes them, such as 2031-03-14T09:00:00Z; "
        "it fills articles.published_at"
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"publishd": ""}', "unknown entry 'publishd'. Wanted: one JSON object with any of url, "),
        (b'{"b": 1, "url": "", "a": 2}', "unknown entries 'a', 'b'. Wanted: "),
    ],
)
def test_an_unknown_entry_is_told_in_plain_words(data: bytes, said: str) -> None:
    """Who misspells an entry reads which one nobody knows, and which ones there are."""
    assert said in read_record("capture_meta", data).faults[0].message


def test_every_fault_is_told() -> None:
    """Two wrong entries are two faults, in the order of their names."""
    record = read_record("capture_meta", b'{"url": 7, "language": "!"}')
    assert [fault.column for fault in record.faults] == ["/language", "/url"]


def test_a_long_value_is_not_quoted_in_full() -> None:
    """A message stays readable, whatever stands in the file."""
    (fault,) = read_record("capture_meta", b'{"url": "' + b"x" * 100_000 + b'"}').faults
    assert len(fault.message) < 400
