"""Folders that are written once: made beside their place, put there at one stroke, and never changed again."""

import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.core.errors import OutputError
from builder.core.staging import put_in_place, sync_folder
from builder.core.storage import discard, files_below, writing

_READ_ONLY = 0o444
_READ_ONLY_FOLDER = 0o555


@contextmanager
def written_once(out: Path) -> Iterator[Path]:
    """A new folder beside ``out`` that is put there, read-only, when the block ends well, and vanishes if not.

    To be used under a lock: what dead builders left beside it is swept first, and a folder above it that was made for
    it vanishes with it. Raises ``OutputError`` where there
    is something at ``out`` already, or where nothing can be written.
    """
    refuse_to_overwrite(out)
    with writing(out):
        above = not out.parent.exists()
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            with _beside(out, _put_new) as folder:
                yield folder
        finally:
            if above and not any(out.parent.iterdir()):
                out.parent.rmdir()


@contextmanager
def replaced_once(out: Path) -> Iterator[Path]:
    """A new folder beside ``out`` that takes its place, read-only, when the block ends well: for what must go.

    To be used under a lock. The old folder stands until the new one is whole, and is gone then.
    """
    with writing(out), _beside(out, put_in_place) as folder:
        yield folder


@contextmanager
def _beside(out: Path, put: Callable[[Path, Path], None]) -> Iterator[Path]:
    """A new folder beside ``out``, made read-only and put there when the block ends well; gone if it does not."""
    for left in out.parent.glob(f".{out.name}.staging-*"):
        discard_read_only(left)
    folder = out.parent / f".{out.name}.staging-{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir()
    try:
        yield folder
        _sync(folder)
        make_read_only(folder)
        put(folder, out)
    finally:
        discard_read_only(folder)


def _put_new(folder: Path, out: Path) -> None:
    refuse_to_overwrite(out)
    folder.rename(out)
    sync_folder(out.parent)


def refuse_to_overwrite(out: Path) -> None:
    """Raise ``OutputError`` where there is something at that place."""
    if out.exists() or out.is_symlink():
        raise OutputError(
            f"{out} is there already, and what was released is never changed. Release another version."
        )


def write_below(folder: Path, path: str, content: bytes) -> None:
    """Write a new file at a path with slashes below a folder, and the folders on the way."""
    file = folder / path
    with writing(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def make_read_only(folder: Path) -> None:
    """Take from everybody the right to change a folder and what is in it."""
    for above, _, files in os.walk(folder, topdown=False):
        for name in files:
            (Path(above) / name).chmod(_READ_ONLY)
        Path(above).chmod(_READ_ONLY_FOLDER)


def discard_read_only(folder: Path) -> None:
    """Remove a folder whose files and folders nobody may change; what is not there does not matter."""
    if folder.is_dir() and not folder.is_symlink():
        for above, _, _ in os.walk(folder):
            Path(above).chmod(stat.S_IRWXU)
    discard(folder)


def _sync(folder: Path) -> None:
    for file in files_below(folder):
        with file.open("rb+") as handle:
            os.fsync(handle.fileno())
