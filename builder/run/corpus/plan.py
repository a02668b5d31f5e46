"""Captures become shards whose borders depend on the captures near them alone, so that few move with a new one."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import attrgetter

from builder.core.capturefile import CaptureFile
from builder.core.roster import sizes

Shard = Sequence[CaptureFile]
_BITS = 80  # of an article id


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a shard may hold; a capture that is larger by itself is a shard of its own."""

    bytes: int = 8_000_000
    files: int = 2_000


DEFAULT = Bounds()


def planned(captures: Sequence[CaptureFile], bounds: Bounds) -> Iterator[Shard]:
    """All captures in shards: the packed ones, then those in files of their own."""
    yield from pieces([one for one in captures if one.record is not None], bounds)
    yield from shards([one for one in captures if one.record is None], bounds)


def shards(captures: Sequence[CaptureFile], bounds: Bounds) -> Iterator[Shard]:
    """The captures in the order of their article ids, cut into shards; no shard is empty.

    Article ids are hashes. What begins with the same bits is one shard if it is within bounds; else it is cut in
    two by the next bit. So one more capture changes the shard it falls into, or cuts that one in two.
    """
    until = [0, *accumulate(sizes(captures))]
    waiting = [(0, len(captures), 0, _BITS)]
    while waiting:
        start, end, least, bits = waiting.pop()
        if end - start < 2 or bits == 0 or _fits(until[end] - until[start], end - start, bounds):
            if end > start:
                yield captures[start:end]
            continue
        half = least + (1 << (bits - 1))
        middle = bisect_left(captures, f"a{half:020x}", start, end, key=attrgetter("article_id"))
        waiting += [(middle, end, half, bits - 1), (start, middle, least, bits - 1)]


def pieces(captures: Sequence[CaptureFile], bounds: Bounds) -> Iterator[Shard]:
    """Packed captures cut into shards that are read in one go each: records of one file that follow each other.

    In a shard they are in the order of their article ids. Its border depends on the records before it in the file,
    and files that come in addition change none.
    """
    ordered = sorted(captures, key=lambda one: (one.file, one.record or 0))
    for _, group in groupby(ordered, key=attrgetter("file")):
        yield from (tuple(sorted(shard)) for shard in in_turn(group, bounds))


def in_turn(captures: Iterable[CaptureFile], bounds: Bounds) -> Iterator[Shard]:
    """Captures in the order in which they are, cut into shards."""
    shard: list[CaptureFile] = []
    size = 0
    for one in captures:
        if shard and not _fits(size + one.size, len(shard) + 1, bounds):
            yield tuple(shard)
            shard, size = [], 0
        shard.append(one)
        size += one.size
    if shard:
        yield tuple(shard)


def _fits(size: int, files: int, bounds: Bounds) -> bool:
    return size <= bounds.bytes and files <= bounds.files
