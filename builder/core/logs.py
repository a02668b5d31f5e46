"""The last lines of a log, and those that follow."""

import os
import time
from collections.abc import Iterator
from pathlib import Path


def last_lines(file: Path, count: int) -> list[str]:
    """The last lines of a text file; none where it is not there."""
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()[-count:] if count else []
    except OSError:
        return []


def new_lines(file: Path, pause: float = 0.3) -> Iterator[str]:
    """What is appended to a text file from now on, line by line, for ever."""
    with file.open(encoding="utf-8", errors="replace") as handle:
        handle.seek(0, os.SEEK_END)
        while True:
            if line := handle.readline():
                yield line.rstrip("\n")
            else:
                time.sleep(pause)
