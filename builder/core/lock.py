"""One builder at a time: the lock beside a folder of tables."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.core.errors import Busy
from builder.core.storage import writing


@contextmanager
def locked(out: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock of the folder ``out`` (made if need be: the folder it lies in).

    Raises ``Busy`` where another builder holds it for longer than ``wait`` seconds, ``OutputError`` where
    nothing can be written. The lock is the system's: it ends with the process, however that ends.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - most commands lock nothing

    file = out.parent / f".{out.name}.lock"
    lock = FileLock(file)
    with writing(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=wait)
        except Timeout as error:
            raise Busy(f"{out} is being written by {_holder(file)}. Try again when it is done.") from error
    try:
        _sign(file)
        yield
    finally:
        lock.release()


def _sign(file: Path) -> None:
    with writing(file):
        file.write_text(f"process {os.getpid()} on {socket.gethostname()}")


def _holder(file: Path) -> str:
    try:
        return file.read_text() or "another process"
    except OSError:
        return "another process"
