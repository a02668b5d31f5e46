"""Texts that wait on disk while a build needs them, so that they take no memory."""

from bisect import bisect_right
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


class SpilledTexts:
    """Texts by their number, in the order in which they came; of those on disk only their ends are held."""

    def __init__(self, file: Path) -> None:
        self._handle = file.open("w+b", buffering=0)
        self._firsts: list[int] = []
        self._ends: list[NDArray[np.int64]] = []
        self._size = 0
        self._count = 0

    def add(self, texts: pa.Array) -> None:
        """Write more texts behind the others."""
        if not len(texts):
            return
        _, offsets, data = texts.buffers()
        bounds = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1].astype(
            np.int64
        )
        start, end = int(bounds[0]), int(bounds[-1])
        self._handle.seek(self._size)
        if end > start:
            self._handle.write(memoryview(data)[start:end])
        self._firsts.append(self._count)
        self._ends.append(bounds - start + self._size)
        self._size += end - start
        self._count += len(texts)

    def __getitem__(self, number: int) -> str:
        """The text of that number."""
        part = bisect_right(self._firsts, number) - 1
        place = number - self._firsts[part]
        start, end = self._ends[part][place : place + 2].tolist()
        self._handle.seek(start)
        return self._handle.read(end - start).decode()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._handle.close()
