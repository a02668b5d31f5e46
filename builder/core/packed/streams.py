"""Compressed files as streams of bytes that never hold more than a little of them."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from builder.core.places import opened_file

_STEP = 1 << 20


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked if its name ends in .gz or .zst; a damaged one raises ``DAMAGE`` when read."""
    with opened_file(file) as raw:
        try:
            if file.endswith(".gz"):
                with gzip.GzipFile(fileobj=raw) as unpacked:
                    yield cast("BinaryIO", unpacked)
            elif file.endswith(".zst"):
                yield _zstd(raw)
            else:
                yield raw
        except zlib.error as error:
            raise ValueError(str(error)) from error


def skip(stream: BinaryIO, size: int) -> None:
    """Pass over so many bytes; ``EOFError`` where there are fewer."""
    while size:
        passed = len(stream.read(min(size, _STEP)))
        if not passed:
            raise EOFError("the file ends too soon")
        size -= passed


def take(stream: BinaryIO, size: int) -> bytes:
    """So many bytes; ``EOFError`` where there are fewer."""
    data = stream.read(size)
    if len(data) < size:
        raise EOFError("the file ends too soon")
    return data


def _zstd(raw: BinaryIO) -> BinaryIO:
    import pyarrow as pa  # noqa: PLC0415 - slow to load, and most files are not packed so

    return io.BufferedReader(pa.CompressedInputStream(pa.PythonFile(raw), "zstd"), _STEP)
