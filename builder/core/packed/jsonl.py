"""JSON lines as packed captures: an object a line, with id and text, and what a side file would say.

``meta`` is an object, or a side file as text. Single entries of a side file may stand beside the text as well. With
``"encoding": "base64"`` the text, and with ``"meta_encoding"`` the side file, is bytes that JSON cannot hold.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from builder.core.packed.record import FACTS, Fault, Record, no_id, no_text, oversized, side_file
from builder.core.packed.rows import bytes_of, meta_of
from builder.core.packed.streams import opened

_LONGEST = 3
"""A line takes up to so many times the bytes of its text: escapes, and letters that are written as numbers."""


class _Line(msgspec.Struct):
    id: Any = None
    text: Any = None
    encoding: Any = None
    meta: Any = None
    meta_encoding: Any = None
    url: Any = None
    published_at: Any = None
    source: Any = None
    language: Any = None
    licence: Any = None


_decoder = msgspec.json.Decoder(_Line)


def records(file: str, largest: int, _first: int) -> Iterator[Record]:
    """The records of a file, numbered by its lines from 0; raises ``DAMAGE`` where it cannot be read on."""
    with opened(file) as stream:
        for number, line in enumerate(_lines(stream, largest * _LONGEST + (1 << 20))):
            if isinstance(line, int):
                yield Record(number, "", oversized(line, largest))
            elif not line.isspace():
                yield _record(number, line, largest)


def _lines(stream: BinaryIO, longest: int) -> Iterator[bytes | int]:
    """The lines of a stream; of one that is too long only its length."""
    while line := stream.readline(longest):
        if len(line) < longest or line.endswith(b"\n"):
            yield line
            continue
        size = len(line)
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
            size += len(line)
        yield size


def _record(number: int, line: bytes, largest: int) -> Record:
    try:
        return _of_line(number, _decoder.decode(line), largest)
    except (ValueError, RecursionError) as error:
        return Record(
            number, "", Fault("unreadable", f"It is no JSON object: {error}. Mend it, or take it out.")
        )


def _of_line(number: int, said: _Line, largest: int) -> Record:
    if isinstance(said.id, bool) or not isinstance(said.id, str | int) or said.id == "":
        return Record(number, "", no_id())
    data = bytes_of(said.text, said.encoding)
    if not isinstance(data, bytes):
        return Record(number, str(said.id), no_text(said.text))
    if len(data) > largest:
        return Record(number, str(said.id), oversized(len(data), largest))
    meta = meta_of(said.meta, said.meta_encoding)
    return Record(number, str(said.id), data, side_file(meta, {name: getattr(said, name) for name in FACTS}))
