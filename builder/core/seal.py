"""A checksum at the end of a file, by which whoever reads it again sees that it is as it was written."""

from pathlib import Path
from typing import BinaryIO
from zlib import crc32

SEAL = 4
"""Bytes that a seal takes at the end of a file."""
_AT_ONCE = 1 << 20


def seal(file: Path) -> None:
    """Put the checksum of a file behind its last byte."""
    with file.open("r+b") as handle:
        handle.write(_checksum(handle, file.stat().st_size))


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
    return found.to_bytes(SEAL, "little")
