"""The archive: everything a server said, verbatim but for what was withdrawn, in lines that are only added."""

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from builder.core.errors import DataError
from builder.core.linefile import line_files, read_lines

Kind = Literal["project", "user", "task", "seen", "annotation", "draft", "deleted"]
"""What a line holds.

``project``, ``user`` and ``task`` (without what people made of it) are there anew whenever they changed;
``seen`` says that a task changed in no way but its time; ``annotation`` and ``draft`` are one version each;
``deleted`` says that a task or an annotation is gone from the server, or is back on it.
"""
KINDS: tuple[Kind, ...] = get_args(Kind)

_FIRST = b'{"kind": "'
_KNOWN = tuple(_FIRST + kind.encode() + b'"' for kind in KINDS)
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "project": ("id", "created_at", "label_config"),
    "user": ("id", "email"),
    "task": ("id", "created_at", "updated_at", "data"),
    "seen": ("id", "updated_at"),
    "annotation": ("id", "task", "created_at", "updated_at"),
    "draft": ("id", "task", "user", "created_at", "updated_at"),
    "deleted": ("of", "deleted"),
}
"""Entries without which a record cannot be told from others; the server gives them to every one."""
_JSON = json.JSONDecoder()


class Line(NamedTuple):
    """One line: its kind, the server's name, the project (none for users), the time of the pull, the record.

    ``task_key`` is the key that the data of the line's task carries, if any; ``record`` is the server's JSON.
    """

    kind: Kind
    server: str
    project: int | None
    pulled_at: str
    task_key: str | None
    record: Mapping[str, Any]

    def as_bytes(self) -> bytes:
        """The line as it is stored: JSON in UTF-8 that begins with the kind."""
        return json.dumps(self._asdict(), ensure_ascii=False).encode(errors="surrogatepass")


def read_archive(folder: Path, kinds: Collection[Kind] = KINDS) -> Iterator[Line]:
    """The lines of these kinds in the order in which they were written, as they are read.

    Raises ``DataError`` where a file is missing, damaged or not of this form.
    """
    starts = tuple(_FIRST + kind.encode() + b'"' for kind in kinds)
    for file in line_files(folder):
        for number, line in enumerate(read_lines(file), 1):
            if line.startswith(starts) or not line.startswith(_KNOWN):
                yield _line(file, number, line)


def line_of(line: bytes) -> Line:
    """The line that these bytes are; ``ValueError`` or ``TypeError`` where they are none."""
    return _sound(_parsed(line.decode(errors="surrogatepass")))


def _line(file: Path, number: int, line: bytes) -> Line:
    try:
        return line_of(line)
    except (ValueError, TypeError) as error:
        raise DataError(f"{file}, line {number}: {error}. Put back your copy of the file.") from error


def _sound(line: Line) -> Line:
    if line.kind not in _NEEDED:
        raise ValueError(f"there is no kind {line.kind!r}")
    if not isinstance(line.record, dict):
        raise TypeError("the record is no JSON object")
    for name in _NEEDED[line.kind]:
        if name not in line.record:
            raise ValueError(f"the record has no {name}")
    return line


def _parsed(text: str) -> Line:
    values, end = _JSON.raw_decode(text)
    if end != len(text):
        raise ValueError(f"more follows after character {end}")
    return Line(**values)
