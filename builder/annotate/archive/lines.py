"""The archive: everything a server said, verbatim but for what was withdrawn, in lines that are only added."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar, get_args

import msgspec

from builder.core.errors import DataError
from builder.core.linefile import line_files, read_blocks

Kind = Literal["project", "user", "task", "seen", "annotation", "draft", "deleted"]
"""What a line holds.

``project``, ``user`` and ``task`` (without what people made of it) are there anew whenever they changed;
``seen`` says that a task changed in no way but its time; ``annotation`` and ``draft`` are one version each;
``deleted`` says that a task or an annotation is gone from the server, or is back on it.
"""
KINDS: tuple[Kind, ...] = get_args(Kind)

_STARTS: Mapping[Kind, bytes] = {kind: b'{"kind": "%s"' % kind.encode() for kind in KINDS}
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
_QUICK = msgspec.json.Decoder()
Form = TypeVar("Form")


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
    return read_as(folder, line_of, kinds)


def read_as(folder: Path, form: Callable[[bytes], Form], kinds: Collection[Kind]) -> Iterator[Form]:
    """As ``read_archive``, each line in another form; ``form`` raises ``ValueError`` or ``TypeError`` if it is none."""
    others = tuple(start for kind, start in _STARTS.items() if kind not in kinds)
    for file in line_files(folder):
        before = 0
        for lines in read_blocks(file):
            for number, line in enumerate(lines, before + 1):
                if not line.startswith(others):
                    try:
                        formed = form(line)
                    except (ValueError, TypeError) as error:
                        said = f"{file}, line {number}: {error}. Put back your copy of the file."
                        raise DataError(said) from error
                    yield formed
            before += len(lines)


def line_of(text: bytes) -> Line:
    """A line as it is stored, read; ``ValueError`` or ``TypeError`` says why it is none."""
    line = Line(**json_of(text))
    if line.kind not in _NEEDED:
        raise ValueError(f"there is no kind {line.kind!r}")
    if not isinstance(line.record, dict):
        raise TypeError("the record is no JSON object")
    for name in _NEEDED[line.kind]:
        if name not in line.record:
            raise ValueError(f"the record has no {name}")
    return line


def json_of(text: bytes) -> Any:  # noqa: ANN401 - what a server sent
    """What JSON says, in the words of the standard library where it is none."""
    try:
        return _QUICK.decode(text)
    except (
        msgspec.MsgspecError,
        UnicodeDecodeError,
    ):  # perhaps for half a character, or for a number that is none
        return json.loads(text.decode(errors="surrogatepass"))
