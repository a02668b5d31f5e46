"""Files and folders that nobody but this user may read, or that are not to be committed."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from builder.core.storage import writing

UNCOMMITTED = ".gitignore"
"""The file by which git passes over the folder that it lies in."""


def replace_private(file: Path, value: Mapping[str, Any]) -> None:
    """Put an object as JSON in the place of a file that only this user may read, at one stroke."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with writing(file):
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as opened:
                opened.write(json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n")
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)


def copy_private(source: Path, file: Path) -> None:
    """Copy a file to a place that only this user may read, at one stroke."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with writing(file):
        try:
            shutil.copyfile(source, beside)
            beside.chmod(0o600)
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)


def private_folder(folder: Path) -> Path:
    """Make a folder, unless it is there, that only this user may enter."""
    with writing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
    return folder


def keep_uncommitted(folder: Path, old: Path | None = None) -> None:
    """Let git pass over a folder of people's words and names; where there was one ``old``, by the rules that it had."""
    rules = old / UNCOMMITTED if old else None
    (folder / UNCOMMITTED).write_bytes(rules.read_bytes() if rules and rules.is_file() else b"*\n")


def open_to_others(file: Path) -> bool:
    """Whether somebody else than the owner of a file may read or write it, as far as the system tells."""
    return os.name == "posix" and bool(file.stat().st_mode & 0o077)
