"""Texts that wait on disk while a build needs them, so that they take no memory: spilled, or where they are already."""

from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pyarrow as pa

_END = np.dtype(np.int64)


class SpilledTexts:
    """Texts by their number, in the order in which they came; where each ends is on disk as well."""

    def __init__(self, file: Path) -> None:
        self._texts = file.open("w+b", buffering=0)
        self._ends = file.with_name(f"{file.name}.ends").open("w+b", buffering=0)
        self._ends.write(bytes(_END.itemsize))
        self._size = 0
        self._count = 0

    def add(self, texts: pa.Array) -> None:
        """Write more texts behind the others."""
        if not len(texts):
            return
        _, offsets, data = texts.buffers()
        bounds = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
        start, end = int(bounds[0]), int(bounds[-1])
        self._texts.seek(self._size)
        if end > start:
            self._texts.write(memoryview(data)[start:end])
        self._ends.seek((self._count + 1) * _END.itemsize)
        self._ends.write((bounds[1:] + np.int64(self._size - start)).data)
        self._size += end - start
        self._count += len(texts)

    def __getitem__(self, number: int) -> str:
        """The text of that number."""
        self._ends.seek(number * _END.itemsize)
        start, end = np.frombuffer(self._ends.read(2 * _END.itemsize), _END).tolist()
        self._texts.seek(start)
        return self._texts.read(end - start).decode()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._texts.close()
        self._ends.close()


@dataclass(frozen=True, slots=True)
class MappedTexts:
    """The texts of a column that was mapped from a file, read from there one by one when the map is gone.

    ``bounds`` and ``data`` are where in the file Arrow's two buffers of the column begin.
    """

    file: Path
    bounds: int
    data: int
    count: int

    def __getitem__(self, number: int) -> str:
        """The text of that number."""
        with self.file.open("rb", buffering=0) as handle:
            handle.seek(self.bounds + number * _BOUND.itemsize)
            start, end = np.frombuffer(handle.read(2 * _BOUND.itemsize), _BOUND).tolist()
            handle.seek(self.data + start)
            return handle.read(end - start).decode()


_BOUND = np.dtype(np.int32)


def mapped_texts(file: Path, column: pa.Array) -> MappedTexts:
    """Where the texts of a column are, which was mapped from that file and has no nulls."""
    _, bounds, data = column.buffers()
    first = _place(bounds) + column.offset * _BOUND.itemsize
    return MappedTexts(file, first, _place(data), len(column))


def _place(buffer: pa.Buffer) -> int:
    """Where in the file that it was mapped from a buffer begins."""
    whole = buffer
    while whole.parent is not None:
        whole = whole.parent
    return int(buffer.address - whole.address)


class TextsSoFar:
    """Texts by their number: the first ones stay in files where they are, from some number on they are spilled."""

    def __init__(self, spilled: SpilledTexts) -> None:
        self._firsts: list[int] = []
        self._mapped: list[MappedTexts] = []
        self._spilled = spilled
        self._spilled_from = 0

    def stay(self, texts: MappedTexts) -> None:
        """The next texts, which can be read where they are for as long as needed; none has been spilled yet."""
        self._firsts.append(self._spilled_from)
        self._mapped.append(texts)
        self._spilled_from += texts.count

    def spill(self, texts: pa.Array) -> None:
        """The next texts, which may soon be gone from where they are."""
        self._spilled.add(texts)

    def __getitem__(self, number: int) -> str:
        """The text of that number."""
        if number >= self._spilled_from:
            return self._spilled[number - self._spilled_from]
        place = bisect_right(self._firsts, number) - 1
        return self._mapped[place][number - self._firsts[place]]
