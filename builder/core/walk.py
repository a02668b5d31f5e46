"""The files below a folder, folder by folder, with symbolic links followed and loops reported."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from errno import ELOOP
from pathlib import Path

from builder.core.errors import UsageError
from builder.core.issues import Issue, issue


@dataclass(frozen=True, slots=True)
class _Folder:
    path: str
    name: str
    above: frozenset[tuple[int, int]]


def walk(root: Path, issues: list[Issue]) -> Iterator[tuple[str, list[os.DirEntry[str]]]]:
    """The name of each folder below ``root`` (the root's own is empty) with what is in it but folders.

    Hidden entries are left out. What cannot be listed is added to ``issues``.
    Raises ``UsageError`` where the root itself cannot be listed.
    """
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


def _listed(top: str) -> os.stat_result:
    try:
        with os.scandir(top):
            return os.stat(top)
    except OSError as error:
        raise UsageError(
            f"{top}: {error.strerror}. Name the folder of the raw captures: --raw DIR"
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
