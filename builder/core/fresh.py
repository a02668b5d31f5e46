"""A folder that is there as a whole or not at all, and never in the place of another."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.core.errors import OutputError
from builder.core.staging import sync_folder
from builder.core.storage import discard, files_below, writing


@contextmanager
def fresh_folder(out: Path) -> Iterator[Path]:
    """A new folder beside ``out`` that becomes ``out`` when the block ends well, and vanishes when it does not.

    Raises ``OutputError`` where there is something at ``out`` already, or nothing can be written.
    """
    with writing(out):
        refuse_present(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = out.parent / f".{out.name}.new-{os.getpid()}-{secrets.token_hex(4)}"
        folder.mkdir()
        try:
            yield folder
            for file in files_below(folder):
                _sync(file)
            refuse_present(out)
            folder.rename(out)
            sync_folder(out.parent)
        finally:
            discard(folder)


def refuse_present(out: Path) -> None:
    """Raise ``OutputError`` where there is a file, or a folder with anything in it."""
    if out.is_dir() and not any(out.iterdir()):
        return
    if out.exists() or out.is_symlink():
        raise OutputError(
            f"{out} is there already, and nothing is overwritten. Name another folder, or move it away."
        )


def _sync(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
