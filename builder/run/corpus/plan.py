"""Captures become shards: runs of neighbours, bounded in bytes and in files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.core.captures import CaptureFile


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a shard may hold; a capture that is larger by itself is a shard of its own."""

    bytes: int = 8_000_000
    files: int = 2_000


DEFAULT = Bounds()


def shards(captures: Sequence[CaptureFile], bounds: Bounds) -> Iterator[tuple[CaptureFile, ...]]:
    """The captures in their order, cut into shards; no shard is empty."""
    start, held = 0, 0
    for place, capture in enumerate(captures):
        full = place - start == bounds.files or held + capture.size > bounds.bytes
        if full and place > start:
            yield tuple(captures[start:place])
            start, held = place, 0
        held += capture.size
    if start < len(captures):
        yield tuple(captures[start:])
