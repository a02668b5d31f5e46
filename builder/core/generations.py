"""Folders at a store, where nothing can be renamed: each is written under a new name, and counts by its mark.

A store has ``000007-3f9a.../`` with the files of a folder, and ``marks/000007.json``, written last, with their sizes
and hashes. Nothing counts but what the newest mark names.
"""

import os
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from builder.core import marks, stores
from builder.core.errors import Busy, DataError, OutputError
from builder.core.marks import Mark
from builder.core.storage import file_sha256, files_below
from builder.core.stores import Store

_FOLDER = re.compile(r"(\d{6,})-[0-9a-f]+")
_BEGUN = "begun"
_AGAIN = "Build again: builder build"


@dataclass(frozen=True, slots=True)
class File:
    """Size in bytes and hash of a file."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Generation:
    """One of the folders that a place had, one after the other: its number, its name, its files.

    ``written`` is when it came to count, in seconds since 1970 by the clock of who wrote it.
    """

    number: int
    folder: str
    files: Mapping[str, File]
    written: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A folder that was begun, to follow the generation with the number before."""

    number: int
    folder: str


def newest(store: Store) -> Generation | None:
    """The generation that counts; none where there is none yet. ``DataError`` where its mark is damaged."""
    mark = marks.newest(store, _AGAIN)
    if mark is None:
        return None
    try:
        files = {name: File(**one) for name, one in mark.said["files"].items()}
        return Generation(mark.number, mark.said["folder"], files, int(mark.said["written"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise marks.damaged(store, mark.number, error, _AGAIN) from error


def begin(store: Store) -> Draft:
    """Begin a folder, with a file in it: whoever may not write there should hear so before the work is done."""
    number = marks.newest_number(store) + 1
    draft = Draft(number, f"{number:06d}-{secrets.token_hex(8)}")
    stores.create(store, f"{draft.folder}/{_BEGUN}", b"")
    return draft


def finish(store: Store, draft: Draft, folder: Path) -> Generation:
    """Send the files of a local folder, let them count, and remove what counted before.

    Raises ``Busy`` where another generation of that number came first, ``OutputError`` where something else arrived
    than was sent. In both cases what was sent is removed.
    """
    files = files_of(folder)
    for name in files:
        stores.put(store, f"{draft.folder}/{name}", folder / name)
    _refuse_losses(store, draft, files)
    generation = Generation(draft.number, draft.folder, files, int(time.time()))
    said = asdict(generation)
    if not marks.put(store, Mark(said.pop("number"), said)):
        raise Busy(
            f"Another builder put tables at {store.url} while this one was at work, and those stand there. What was "
            "finished is kept: run it again."
        )
    _sweep(store, generation)
    return generation


def drop(store: Store, draft: Draft) -> None:
    """Remove a folder that was begun and will not count."""
    stores.remove(store, draft.folder)


def fetch(store: Store, generation: Generation, folder: Path) -> None:
    """Copy the files of a generation into a local folder, as old as it is.

    Raises ``FileNotFoundError`` where one is gone, as it is when another generation has come, ``DataError`` where one
    is not what the mark says.
    """
    for name, file in generation.files.items():
        path = f"{generation.folder}/{name}"
        if stores.get(store, path, folder / name) != file.sha256:
            raise DataError(
                f"{store.url}/{path} is not what its mark says: damaged, or overwritten. {_AGAIN}"
            )
        os.utime(folder / name, (generation.written, generation.written))


def files_of(folder: Path) -> dict[str, File]:
    """Sizes and hashes of the files right in a local folder, hidden ones left out."""
    files = (file for file in files_below(folder) if not file.name.startswith("."))
    return {file.name: File(file.stat().st_size, file_sha256(file)) for file in files}


def _refuse_losses(store: Store, draft: Draft, files: Mapping[str, File]) -> None:
    there = stores.files_in(store, draft.folder)
    for name, file in files.items():
        if there.get(f"{draft.folder}/{name}") != file.bytes:
            raise OutputError(f"{name} did not arrive whole at {store.url}. Run the same command again.")


def _sweep(store: Store, generation: Generation) -> None:
    """Remove all that cannot count any more: older folders, and those begun for a number that is taken now."""
    for name in stores.names_in(store):
        found = _FOLDER.fullmatch(name)
        if found and int(found[1]) <= generation.number and name != generation.folder:
            stores.remove(store, name)
    stores.remove(store, f"{generation.folder}/{_BEGUN}")
