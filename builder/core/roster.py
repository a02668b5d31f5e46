"""Captures by the million: each is a few bytes until somebody looks at it."""

import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import overload

from builder.core.capturefile import CaptureFile

_ID, _SIZE = 21, 8  # bytes
_SIZED = _ID + _SIZE


class Roster(Sequence[CaptureFile]):
    """Captures below a root in the order of their article ids, which are equally long; equal to a tuple of them.

    A capture takes a third of what it takes as an object. Other processes get it as a tuple.
    """

    __slots__ = ("_packed", "_root")

    def __init__(self, root: str, packed: Sequence[bytes]) -> None:
        self._root = root
        self._packed = packed

    def __len__(self) -> int:
        return len(self._packed)

    def __iter__(self) -> Iterator[CaptureFile]:
        return map(self._looked_at, self._packed)

    @overload
    def __getitem__(self, place: int) -> CaptureFile: ...
    @overload
    def __getitem__(self, place: slice) -> "Roster": ...
    def __getitem__(self, place: int | slice) -> "CaptureFile | Roster":
        if isinstance(place, slice):
            return Roster(self._root, self._packed[place])
        return self._looked_at(self._packed[place])

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Roster | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[type, tuple[tuple[CaptureFile, ...]]]:
        return tuple, (tuple(self),)

    @property
    def sizes(self) -> Iterator[int]:
        """The size of each capture, which can be told without looking at it."""
        return (int.from_bytes(one[_ID:_SIZED]) for one in self._packed)

    @property
    def names_differ(self) -> bool:
        """Whether no two captures have the same article id, which follows from their names."""
        return all(one[:_ID] != other[:_ID] for one, other in pairwise(self._packed))

    def reduced(self, choose: Callable[["Roster"], int]) -> "Roster":
        """One capture of each article id: where there are more, the one whose place among them is chosen."""
        groups = (list(group) for _, group in groupby(self._packed, key=lambda one: one[:_ID]))
        return Roster(
            self._root, [some[choose(Roster(self._root, some)) if some[1:] else 0] for some in groups]
        )

    def _looked_at(self, packed: bytes) -> CaptureFile:
        capture, source, file, *rest = marshal.loads(memoryview(packed)[_SIZED:])  # noqa: S302 - `pack` made it
        size = int.from_bytes(packed[_ID:_SIZED])
        where = f"{self._root}/{capture}" if file is None else file
        return CaptureFile(packed[:_ID].decode(), capture, source, where, size, *rest)


def pack(root: str, captures: Iterable[CaptureFile]) -> Iterator[bytes]:
    """Captures for a roster, article ids first, by which they can be sorted; marshalled, as any file name can be."""
    for article_id, capture, source, file, size, *rest in captures:
        told = (capture, source, None if file == f"{root}/{capture}" else file, *rest)
        yield article_id.encode() + size.to_bytes(_SIZE) + marshal.dumps(told)


def sizes(captures: Sequence[CaptureFile]) -> Iterator[int]:
    """The size of each capture."""
    return captures.sizes if isinstance(captures, Roster) else (one.size for one in captures)
