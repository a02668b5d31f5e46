"""Compressed files as streams of bytes that never hold more than a little of them."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from builder.core.places import opened_file

_STEP = 1 << 20
_STEPS = (_STEP, 1 << 12, 1)


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked if its name ends in .gz or .zst; a damaged one raises ``DAMAGE`` when read."""
    if file.endswith(".zst"):
        with io.BufferedReader(_Zstd(file), _STEP) as unpacked:
            yield cast("BinaryIO", unpacked)
        return
    with opened_file(file) as raw:
        if not file.endswith(".gz"):
            yield raw
            return
        try:
            with gzip.GzipFile(fileobj=raw) as unzipped:
                yield cast("BinaryIO", unzipped)
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


class _Zstd(io.RawIOBase):
    """A file unpacked up to the very place where it is damaged.

    Arrow gives as much as it is asked for or an error. After one the file is read once more, and from where the
    trouble began in ever smaller steps.
    """

    def __init__(self, file: str) -> None:
        super().__init__()
        self._file, self._given = file, 0
        self._steps = list(_STEPS)
        self._raw, self._stream = _unpacking(file)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - whatever has room
        """Read into a buffer; how many bytes."""
        try:
            data = self._stream.read(min(len(buffer), self._steps[0]))
        except OSError:
            if len(self._steps) == 1:
                raise
            self._again()
            return self.readinto(buffer)
        buffer[: len(data)] = data
        self._given += len(data)
        return len(data)

    def close(self) -> None:
        """Let go of it."""
        self._raw.close()
        super().close()

    def _again(self) -> None:
        self._steps.pop(0)
        self._raw.close()
        self._raw, self._stream = _unpacking(self._file)
        skip(self._stream, self._given)


def _unpacking(file: str) -> tuple[BinaryIO, Any]:
    import pyarrow as pa  # noqa: PLC0415 - slow to load, and most files are not packed so

    raw = opened_file(file)
    return raw, pa.CompressedInputStream(pa.PythonFile(raw), "zstd")
