"""A place that a person names: a folder or file of this machine, or a URL that fsspec knows how to reach."""

import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from builder.core import objects
from builder.core.errors import UsageError
from builder.core.storage import read_bytes

_URL = re.compile(r"[a-z][a-z0-9+.-]*://")
_HERE = ("file://", "local://")
_READ_AHEAD = 1 << 22


@dataclass(frozen=True, slots=True, order=True)
class Url:
    """A place at a store, with as much of a path as those need who read captures and releases."""

    text: str

    def __str__(self) -> str:
        return self.text

    def __truediv__(self, name: object) -> "Url":
        return Url(f"{self.text}/{name}")

    @property
    def name(self) -> str:
        """The last part, which for a whole bucket is the bucket's name."""
        return self.text.rpartition("/")[2]

    @property
    def parent(self) -> "Url":
        """The folder above."""
        return Url(self.text.rpartition("/")[0])

    def absolute(self) -> "Url":
        """This place; it depends on no folder."""
        return self

    def resolve(self) -> "Url":
        """This place; a store has no links."""
        return self

    def exists(self) -> bool:
        """Whether there is a file, or a folder with something in it."""
        return objects.kind_of(self.text) is not None

    def is_file(self) -> bool:
        """Whether there is a file."""
        return objects.kind_of(self.text) == "file"

    def is_dir(self) -> bool:
        """Whether there is a folder with something in it."""
        return objects.kind_of(self.text) == "directory"


Place = Path | Url


def place_of(said: str, above: Path | None = None) -> Place:
    """The place that a person named; a path is taken from the folder ``above``, and ``file://`` is a path.

    Raises ``UsageError`` for a URL with a password or key in it: those belong in the environment, where no message
    and no table repeats them.
    """
    if said.startswith(_HERE):
        from urllib.request import url2pathname  # noqa: PLC0415 - with it comes all of HTTP

        return Path(url2pathname(said.partition("://")[2]))
    if not is_url(said):
        return Path(said) if above is None else above / said
    if "?" in said or urlsplit(said).password is not None:
        raise UsageError(
            "A URL with a password or a query is not used, as it would be repeated in messages and tables. Put "
            "credentials into the environment, as fsspec's library for that store reads them."
        )
    return Url(said.rstrip("/"))


def is_url(said: str) -> bool:
    """Whether a text is a URL rather than a path of this machine."""
    return "://" in said and _URL.match(said) is not None


def read(file: str, size: int | None = None) -> bytes:
    """All bytes of a file, by path or URL; ``OSError`` where it is not there, or a path that may not be read."""
    return objects.read_url(file) if is_url(file) else read_bytes(file, size)


def read_together(files: Sequence[str]) -> dict[str, bytes | OSError]:
    """The bytes of files at a store, asked for all at once, or that one is not there."""
    return objects.read_urls(files)


def status(file: str) -> os.stat_result:
    """The status of a file, by path or URL; ``OSError`` where it is not there."""
    return objects.status_at(file) if is_url(file) else os.stat(file)


def opened_file(file: str) -> BinaryIO:
    """A file opened for reading, by path or URL; from a store it comes in pieces, as it is read."""
    if not is_url(file):
        return open(file, "rb")
    return cast("BinaryIO", io.BufferedReader(objects.Stream(file), _READ_AHEAD))
