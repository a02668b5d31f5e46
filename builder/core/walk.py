"""The files below a folder, folder by folder, with symbolic links followed and loops reported."""

import os
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from errno import ELOOP
from itertools import groupby
from typing import Protocol

from builder.core.errors import UsageError
from builder.core.issues import Issue, issue
from builder.core.objects import status_of
from builder.core.places import Place, Url
from builder.core.stores import facts_in, open_store


class Entry(Protocol):
    """A file that a walk came upon."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Its name in its folder."""

    @property
    @abstractmethod
    def path(self) -> str:
        """Its path or URL."""

    @abstractmethod
    def stat(self) -> os.stat_result:
        """Its status; ``OSError`` where it has none."""


@dataclass(frozen=True, slots=True)
class _Object:
    """A file at a store, with what the listing told of it."""

    name: str
    path: str
    status: os.stat_result

    def stat(self) -> os.stat_result:
        return self.status


@dataclass(frozen=True, slots=True)
class _Folder:
    path: str
    name: str
    above: frozenset[tuple[int, int]]


def walk(root: Place, issues: list[Issue]) -> Iterator[tuple[str, Sequence[Entry]]]:
    """The name of each folder below ``root`` (the root's own is empty) with what is in it but folders.

    Hidden entries are left out. What cannot be listed is added to ``issues``.
    Raises ``UsageError`` where the root itself cannot be listed, ``Unreachable`` for a store that cannot be.
    """
    if isinstance(root, Url):
        yield from _listed_at(root)
        return
    top = os.fspath(root.absolute())
    pending = [_Folder(top, "", frozenset({_identity(_listed(top))}))]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder.path) as scan:
                entries = [entry for entry in scan if not entry.name.startswith(".")]
        except OSError as error:
            issues.append(trouble(folder.name, error))
            continue
        yield folder.name, [entry for entry in entries if not _is_folder(entry, folder, pending, issues)]


def trouble(capture: str, error: OSError) -> Issue:
    """An error of the file system as an issue of a capture, in words that are the same on every machine."""
    if error.errno == ELOOP:
        return issue(capture, "link_loop", "A link that leads to itself; remove it.")
    if isinstance(error, FileNotFoundError):
        return issue(capture, "vanished", "Not there (any more); put it back, or remove the link to it.")
    return issue(capture, "unreadable", f"Cannot be read: {error.strerror or error}.")


def legible(name: str) -> str:
    r"""A file name as text that can be stored: bytes of it that are no UTF-8 are written as ``\xNN``."""
    if name.isascii():
        return name
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _listed_at(root: Url) -> Iterator[tuple[str, Sequence[Entry]]]:
    """What is at a store, which has no folders but names with slashes, from one listing."""
    found = facts_in(open_store(root.text))
    if not found:
        raise UsageError(
            f"There is nothing at {root}, or no such bucket. Name the raw captures: --raw DIR_OR_URL"
        )
    visible = (path for path in found if not any(part.startswith(".") for part in path.split("/")))
    for folder, paths in groupby(sorted(visible, key=_folder_first), key=lambda path: _folder_first(path)[0]):
        yield (
            folder,
            [_Object(path.rpartition("/")[2], f"{root}/{path}", status_of(found[path])) for path in paths],
        )


def _folder_first(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder, name


def _listed(top: str) -> os.stat_result:
    try:
        with os.scandir(top):
            return os.stat(top)
    except OSError as error:
        raise UsageError(
            f"{top}: {error.strerror}. Name the folder of the raw captures: --raw DIR_OR_URL"
        ) from error


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _is_folder(entry: os.DirEntry[str], inside: _Folder, pending: list[_Folder], issues: list[Issue]) -> bool:
    """Whether an entry is a folder; if so it is put among those to be walked, unless it leads back up."""
    try:
        if not entry.is_dir():
            return False
        here = _identity(entry.stat())
    except OSError as error:
        if entry.name.endswith(".txt"):  # A capture in trouble: told by whoever takes it for one.
            return False
        issues.append(trouble(_name_below(inside, entry), error))
        return True
    if here in inside.above:
        said = "A link that leads back to a folder above it; it was not followed. Remove it."
        issues.append(issue(_name_below(inside, entry), "link_loop", said))
    else:
        pending.append(_Folder(entry.path, _name_below(inside, entry), inside.above | {here}))
    return True


def _name_below(folder: _Folder, entry: os.DirEntry[str]) -> str:
    return f"{folder.name}/{legible(entry.name)}" if folder.name else legible(entry.name)
