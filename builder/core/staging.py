"""A folder of tables is replaced as a whole: written beside the old one, put in its place at one stroke."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.core.errors import DataError, OutputError
from builder.core.private import UNCOMMITTED, keep_uncommitted
from builder.core.storage import discard, read_json, writing
from builder.core.swap import exchange

MARK = "build.json"
"""The file that says of a folder which ``files`` in it a build wrote."""
_DESKTOP = frozenset({".DS_Store", "desktop.ini", "Thumbs.db"})


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """A new folder beside ``out``: takes its place when the block ends well, vanishes when it does not.

    To be used under the lock of ``out``: what dead builders left beside it is swept first. Wherever it is, git passes
    over it, unless a ``.gitignore`` that somebody put into the old one says otherwise.
    Raises ``OutputError`` where ``out`` holds a file that no build wrote, or where nothing can be written.
    """
    with writing(out):
        recover(out)
        _refuse_strangers(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own: a worker that outlives a dead builder for a moment must not write into this one.
        folder = out.parent / f"{_prefix(out, 'staging')}{os.getpid()}-{secrets.token_hex(4)}"
        folder.mkdir()
        try:
            keep_uncommitted(folder, out)
            yield folder
            _sync(folder)
            put_in_place(folder, out)
        finally:
            discard(folder)


def recover(out: Path) -> None:
    """Finish or undo what dead builders began beside ``out``; only under its lock."""
    for old in _beside(out, "old"):
        if out.exists():
            discard(old)
        else:
            old.rename(out)
    for folder in _beside(out, "staging"):
        discard(folder)


def _prefix(out: Path, what: str) -> str:
    return f".{out.name}.{what}-"


def _beside(out: Path, what: str) -> list[Path]:
    if not out.parent.is_dir():
        return []
    start = _prefix(out, what)
    return sorted(entry for entry in out.parent.iterdir() if entry.name.startswith(start) and entry.is_dir())


def _refuse_strangers(out: Path) -> None:
    if not out.exists():
        return
    written = _written(out)
    strangers = sorted({entry.name for entry in out.iterdir()} - _DESKTOP - written)
    if strangers:
        why = "which no build wrote" if written else f"and no {MARK} that tells whose it is"
        raise OutputError(
            f"{out} holds {strangers[0]}, {why}, and a build replaces the whole folder. Move your files elsewhere "
            "(tables that a build wrote may be removed), or write to another folder: --out DIR"
        )


def _written(folder: Path) -> set[str]:
    """The names of the files that the last build wrote, by its own account; empty where there is none."""
    try:
        return {MARK, UNCOMMITTED, *read_json(folder / MARK)["files"]}
    except (DataError, KeyError, TypeError):
        return set()


def put_in_place(folder: Path, out: Path) -> None:
    """Let a folder beside ``out`` take its place at one stroke, or in two where the system knows no exchange."""
    if not out.exists():
        folder.rename(out)
    elif not exchange(folder, out):
        old = out.parent / f"{_prefix(out, 'old')}{os.getpid()}-{secrets.token_hex(4)}"
        out.rename(old)
        folder.rename(out)
        discard(old)
    sync_folder(out.parent)


def _sync(folder: Path) -> None:
    for file in folder.iterdir():
        with file.open("rb+") as handle:
            os.fsync(handle.fileno())
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Let what happened to the names in a folder outlive a power cut, where the system knows how."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
