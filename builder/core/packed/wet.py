"""WET files as packed captures: the conversion records of a web archive, each under the address of its page.

A record is a line ``WARC/1.0``, headers as those of mail, an empty line, and as many bytes as its Content-Length says.
"""

from collections.abc import Iterator, Mapping
from re import compile as pattern
from typing import BinaryIO

from builder.core.packed.record import Record, no_id, oversized, side_file
from builder.core.packed.streams import opened, skip, take

_LONGEST = 1 << 16
_URL = pattern(r"https?://[^\x00-\x20]+")


def records(file: str, largest: int, _first: int) -> Iterator[Record]:
    """The texts of a file, numbered by its records of any kind from 0; ``DAMAGE`` where it cannot be read on."""
    with opened(file) as stream:
        number = 0
        while (headers := _headers(stream)) is not None:
            size = _length(headers)
            if headers.get("warc-type") != "conversion":
                skip(stream, size)
            else:
                yield _record(number, headers, stream, largest)
            number += 1


def _record(number: int, headers: Mapping[str, str], stream: BinaryIO, largest: int) -> Record:
    size, page = _length(headers), headers.get("warc-target-uri", "").strip("<>")
    if size > largest:
        skip(stream, size)
        return Record(number, page, oversized(size, largest))
    data = take(stream, size)
    meta = side_file(None, {"url": page} if _URL.fullmatch(page) else {})
    return Record(number, page, data if page else no_id(), meta)


def _headers(stream: BinaryIO) -> dict[str, str] | None:
    """The headers of the next record, their names in lower case; none at the end."""
    line = stream.readline(_LONGEST)
    while line and line.isspace():
        line = stream.readline(_LONGEST)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise ValueError("no record of a web archive begins where one should")
    headers = {}
    while (line := stream.readline(_LONGEST)).strip():
        name, _, value = line.decode("utf-8", "backslashreplace").partition(":")
        headers[name.strip().lower()] = value.strip()
    if not line:
        raise EOFError("the file ends too soon")
    return headers


def _length(headers: Mapping[str, str]) -> int:
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise ValueError("a record has no Content-Length")
    return int(length)
