"""A folder of numbered files of compressed lines, each written once, and changed by a redaction alone."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from builder.core.errors import DataError
from builder.core.staging import put_in_place, recover, sync_folder
from builder.core.storage import discard, writing

_NAME = re.compile(r"(\d{6,})\.jsonl\.zst")
_CHUNK = 1 << 17
"""Bytes that are read at once; they and the lines of them are in the processor's cache while they are looked at."""


class LineWriter:
    """Takes the lines of one new file; each is bytes without a line end."""

    def __init__(self, sink: pa.NativeFile) -> None:
        self.lines = 0
        self._sink = sink

    def write(self, line: bytes) -> None:
        """Add a line."""
        self._sink.write(line + b"\n")
        self.lines += 1


@contextmanager
def new_lines(folder: Path) -> Iterator[LineWriter]:
    """What takes the lines of the folder's next file, which is there when the block ends well, or not at all.

    A block that writes no line leaves no file. To be used under the lock of ``folder``: what dead writers left
    is swept first. Raises ``DataError`` where a file of the row is missing, ``OutputError`` where nothing can
    be written.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        number = len(line_files(folder)) + 1
        discard(*folder.glob(".*.part"))
        part = folder / f".{number:06}.{os.getpid()}.part"
        try:
            with pa.output_stream(str(part), compression="zstd") as sink:
                writer = LineWriter(sink)
                yield writer
            if writer.lines:
                _keep(part, folder / f"{number:06}.jsonl.zst")
        finally:
            discard(part)


def redact_lines(file: Path, change: Callable[[bytes], bytes], told: Callable[[str, str, int], None]) -> int:
    """Put another file in the place of a file of lines at one stroke; how many lines changed, 0: it stays as it was.

    ``told`` hears the SHA-256 of the old file and of the new one, and how many lines changed, right before the new
    one takes the place. To be used under the lock of the folder. Raises ``DataError`` for a damaged file.
    """
    part = file.parent / f".{file.name}.{os.getpid()}.part"
    changed = 0
    with writing(file):
        try:
            with pa.output_stream(str(part), compression="zstd") as sink:
                for line in read_lines(file):
                    new = change(line)
                    changed += new != line
                    sink.write(new + b"\n")
            if changed:
                told(_sha256(file), _sha256(part), changed)
                _keep(part, file)
        finally:
            discard(part)
    return changed


def rewrite_lines(folder: Path, change: Callable[[bytes], bytes]) -> int:
    """Put another folder in the place of a folder of lines, each of them changed; how many lines differ.

    The old folder stands until the new one is whole. To be used under the lock of the folder.
    """
    files = line_files(folder)
    changed = 0
    fresh = folder.parent / f".{folder.name}.rewritten-{os.getpid()}"
    with writing(folder):
        recover(folder)
        discard(*folder.parent.glob(f".{folder.name}.rewritten-*"))
        fresh.mkdir(mode=0o700)
        try:
            for file in files:
                with pa.output_stream(str(fresh / file.name), compression="zstd") as sink:
                    for line in read_lines(file):
                        new = change(line)
                        changed += new != line
                        sink.write(new + b"\n")
                _sync(fresh / file.name)
            if changed:
                put_in_place(fresh, folder)
        finally:
            discard(fresh)
    return changed


def line_files(folder: Path) -> tuple[Path, ...]:
    """The files of a folder in their order; ``DataError`` where one of the row is missing."""
    if not folder.is_dir():
        return ()
    found = {int(match[1]): entry for entry in folder.iterdir() if (match := _NAME.fullmatch(entry.name))}
    for number in range(1, max(found, default=0) + 1):
        if number not in found:
            raise DataError(f"{folder} has no file {number:06}.jsonl.zst any more. Put back your copy of it.")
    return tuple(found[number] for number in sorted(found))


def read_lines(file: Path) -> Iterator[bytes]:
    """The lines of a file, without their ends, as they are read; ``DataError`` where it is damaged."""
    return (line for lines in read_blocks(file) for line in lines)


def read_blocks(file: Path) -> Iterator[list[bytes]]:
    """The same, some lines at a time."""
    try:
        with pa.input_stream(str(file), compression="zstd") as source:
            yield from _lines(source, file)
    except OSError as error:
        raise DataError(f"{file} is damaged: {error}. Put back your copy of it.") from error


def _lines(source: pa.NativeFile, file: Path) -> Iterator[list[bytes]]:
    begun = None
    while chunk := source.read(_CHUNK):
        lines = chunk.split(b"\n")
        lines[0] = (begun or b"") + lines[0]
        begun = lines.pop()
        yield lines
    if begun != b"":
        raise DataError(f"{file} ends in the middle. Put back your copy of it.")


def _sha256(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def _sync(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def _keep(part: Path, file: Path) -> None:
    _sync(part)
    part.replace(file)
    sync_folder(file.parent)
