"""A raw capture on disk, in a file of its own or in one with others, and what a search for them came upon."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.core.issues import Issue

LARGEST = 48_000_000
"""Bytes of a capture, unless the dataset allows more: what a worker with 1 GB of memory can parse."""
MOST = 1 << 30
"""Bytes of a capture whatever the dataset says; Arrow's offsets and ours are 32 bits wide."""


class CaptureFile(NamedTuple):
    """A raw capture: article id, name ``source/path.txt``, source, path or URL, size in bytes, side file if any.

    ``changed`` and ``meta_changed`` are when it and its side file last changed, in nanoseconds since 1970 by the
    file system's clock; at a store they are below zero, and tell versions of a file apart.
    A packed one has an address as its name, and says which ``record`` of the file it is, counted from 0.
    """

    article_id: str
    capture: str
    source: str
    file: str
    size: int
    meta_file: str | None
    changed: int = 0
    meta_changed: int = 0
    record: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came upon: captures by ascending article id, issues, how many files are no captures.

    ``packed`` says whether some of the captures may be packed, ``passed_over`` are the first few of those files, and
    ``at_top`` is how many captures lie right in the folder, so that its own name is their source.
    """

    captures: Sequence[CaptureFile]
    issues: tuple[Issue, ...]
    ignored: int
    packed: bool = False
    passed_over: tuple[str, ...] = ()
    at_top: int = 0
