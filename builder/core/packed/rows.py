"""A capture as a row of JSON lines or Parquet, where all is text: bytes that are no UTF-8 stand there in base64."""

import base64
from typing import Any, NamedTuple

BASE64 = "base64"


class Row(NamedTuple):
    """Name, text and side file of a capture; ``encoding`` and ``meta_encoding`` say ``base64`` where that is needed."""

    id: str
    text: str
    encoding: str | None
    meta: str | None
    meta_encoding: str | None


def row_of(name: str, data: bytes, meta: bytes | None) -> Row:
    """The row of a capture, from which its bytes and those of its side file come back as they were."""
    return Row(name, *_text(data), *((None, None) if meta is None else _text(meta)))


def bytes_of(value: Any, encoding: Any) -> Any:  # noqa: ANN401 - whatever a record holds
    """Text as the bytes that it stands for; none where it is no base64 though it should be; all else as it is."""
    if encoding == BASE64 and isinstance(value, str | bytes):
        try:
            return base64.b64decode(value, validate=True)
        except ValueError:
            return None
    return value.encode() if isinstance(value, str) else value


def meta_of(value: Any, encoding: Any) -> Any:  # noqa: ANN401 - as ``bytes_of``
    """A side file as ``bytes_of``; what should be base64 and is none stays, for whoever reads it to refuse."""
    found = bytes_of(value, encoding)
    return value if found is None else found


def _text(data: bytes) -> tuple[str, str | None]:
    try:
        return data.decode(), None
    except UnicodeDecodeError:
        return base64.b64encode(data).decode(), BASE64
