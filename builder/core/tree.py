"""A folder or a tar read as one mapping of paths to bytes; nothing is unpacked, no link is followed."""

import os
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from builder.core.errors import DataError, UsageError
from builder.core.places import Place, Url, opened_file, read_together
from builder.core.stores import files_in, open_store


@dataclass(frozen=True, slots=True)
class Tree:
    """What a folder or a tar holds: its name, its files by path with slashes, and entries that are no plain files.

    A file of a folder is read whenever it is asked for, so that a release of any size takes no memory by itself;
    ``DataError`` where it cannot be read. ``odd`` says of each of those what it is; their content was not looked at.
    """

    name: str
    files: Mapping[str, bytes]
    odd: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _OnDisk(Mapping[str, bytes]):
    """Files by path, of which none is in memory."""

    places: Mapping[str, Path]

    def __getitem__(self, path: str) -> bytes:
        place = self.places[path]
        try:
            return place.read_bytes()
        except OSError as error:
            raise _unreadable(place, error) from error

    def __contains__(self, path: object) -> bool:
        return path in self.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


def read_tree(place: Place) -> Tree:
    """All files of a folder, or of a tar with one folder in it, here or at a URL.

    Raises ``UsageError`` where there is neither, ``DataError`` for one that cannot be read.
    """
    try:
        if isinstance(place, Url) and place.is_dir():
            return _at_store(place)
        if isinstance(place, Path) and place.is_dir():
            return _folder(place)
        if place.is_file():
            with opened_file(str(place)) as opened:
                return _tar(opened, place.name)
    except (OSError, EOFError, tarfile.TarError) as error:
        raise _unreadable(place, error) from error
    raise UsageError(f"{place} is not there. Name the folder or the tar of a release.")


def _unreadable(place: Place, error: Exception) -> DataError:
    """The error that a place of a tree is."""
    return DataError(f"{place} cannot be read: {error}. Fetch it again.")


def _folder(folder: Path) -> Tree:
    files: dict[str, Path] = {}
    odd: list[tuple[str, str]] = []
    for above, names, plain in os.walk(folder):
        names.sort()
        here = Path(above)
        links = [name for name in names if (here / name).is_symlink()]
        for name in sorted([*plain, *links]):
            path = (here / name).relative_to(folder).as_posix()
            if (here / name).is_symlink():
                odd.append((path, "a link"))
            elif (here / name).is_file():
                files[path] = here / name
            else:
                odd.append((path, "no plain file"))
    return Tree(folder.resolve().name, _OnDisk(files), tuple(odd))


def _at_store(folder: Url) -> Tree:
    urls = {path: f"{folder}/{path}" for path in files_in(open_store(folder.text))}
    came = read_together(list(urls.values()))
    files: dict[str, bytes] = {}
    for path, url in urls.items():
        content = came[url]
        if isinstance(content, OSError):
            raise content
        files[path] = content
    return Tree(folder.name, files)


def _tar(file: BinaryIO, name: str) -> Tree:
    files: dict[str, bytes] = {}
    odd: list[tuple[str, str]] = []
    tops: dict[str, None] = {}
    with tarfile.open(fileobj=file, mode="r:") as packed:
        for member in packed:
            parts = PurePosixPath(member.name).parts
            wrong = _wrong(member, parts)
            path = "/".join(parts[1:])
            if wrong or path in files:
                odd.append((member.name, wrong or "the second of its name"))
                continue
            tops[parts[0]] = None
            opened = packed.extractfile(member) if member.isfile() else None
            if opened is not None:
                files[path] = opened.read()
    odd += [(top, "a second folder at the top of the tar") for top in list(tops)[1:]]
    return Tree(next(iter(tops), name.removesuffix(".tar")), files, tuple(odd))


def _wrong(member: tarfile.TarInfo, parts: tuple[str, ...]) -> str:
    """Why a member of a tar is not to be trusted; empty for a file or folder inside the tar's own folder."""
    if not parts or parts[0] == "/" or ".." in parts or "\\" in member.name:
        return "a path that leads out of the tar"
    if member.issym() or member.islnk():
        return "a link"
    if not (member.isfile() or member.isdir()):
        return "no plain file"
    return "a file beside the tar's own folder" if member.isfile() and len(parts) == 1 else ""
