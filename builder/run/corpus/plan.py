"""Captures become shards whose borders depend on the captures near them alone, so that few move with a new one."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter

from builder.core.captures import CaptureFile

Shard = tuple[CaptureFile, ...]
_BITS = 80  # of an article id


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a shard may hold; a capture that is larger by itself is a shard of its own."""

    bytes: int = 8_000_000
    files: int = 2_000


DEFAULT = Bounds()


def shards(captures: Sequence[CaptureFile], bounds: Bounds) -> Iterator[Shard]:
    """The captures in the order of their article ids, cut into shards; no shard is empty.

    Article ids are hashes. What begins with the same bits is one shard if it is within bounds; else it is cut in
    two by the next bit. So one more capture changes the shard it falls into, or cuts that one in two.
    """
    until = [0, *accumulate(one.size for one in captures)]
    waiting = [(0, len(captures), 0, _BITS)]
    while waiting:
        start, end, least, bits = waiting.pop()
        if end - start < 2 or bits == 0 or _fits(until[end] - until[start], end - start, bounds):
            if end > start:
                yield tuple(captures[start:end])
            continue
        half = least + (1 << (bits - 1))
        middle = bisect_left(captures, f"a{half:020x}", start, end, key=attrgetter("article_id"))
        waiting += [(middle, end, half, bits - 1), (start, middle, least, bits - 1)]


def _fits(size: int, files: int, bounds: Bounds) -> bool:
    return size <= bounds.bytes and files <= bounds.files
