"""A checksum at the end of a file, by which whoever reads it again sees that it is as it was written."""

from pathlib import Path
from typing import BinaryIO
from zlib import crc32

SEAL = 4
"""Bytes that a seal takes at the end of a file."""
_AT_ONCE = 1 << 20


class Sealing:
    """A file to write to, behind whose last byte the checksum of all is put when it is closed; the file stays open."""

    closed = False

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        self._found = 0

    def write(self, data: bytes | memoryview) -> int:
        """Write bytes; how many there were."""
        self._found = crc32(data, self._found)
        return self._handle.write(data)

    def tell(self) -> int:
        """How many bytes were written."""
        return self._handle.tell()

    def flush(self) -> None:
        """Write what waits to be written."""
        self._handle.flush()

    def close(self) -> None:
        """Put the seal to it."""
        if not self.closed:
            self._handle.write(_as_bytes(self._found))
        self.closed = True


def is_sealed(file: Path) -> bool:
    """Whether a file is there and is, byte by byte, what was sealed."""
    try:
        with file.open("rb") as handle:
            size = file.stat().st_size - SEAL
            return size > 0 and _checksum(handle, size) == handle.read()
    except OSError:
        return False


def _checksum(handle: BinaryIO, size: int) -> bytes:
    """The checksum of so many bytes, which are read."""
    found = 0
    while size > 0 and (chunk := handle.read(min(size, _AT_ONCE))):
        found = crc32(chunk, found)
        size -= len(chunk)
    return _as_bytes(found)


def _as_bytes(checksum: int) -> bytes:
    return checksum.to_bytes(SEAL, "little")
