"""The tables of a corpus as windows: some articles at a time, with all rows that belong to them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from builder.tables.check_kinds import Tables

WINDOWED = ("articles", "comments", "segments")
"""The tables whose rows belong to articles; their order begins with ``article_id``."""
_KEY = "article_id"
_BYTES = 10_000_000
"""A window ends once its rows take about so much: small enough for a processor's cache, large for a loop in Python."""
_STEP = 2_000_000
"""Bytes that a table goes on by; with more, articles would run far ahead of what belongs to them."""


@dataclass(frozen=True, slots=True)
class Window:
    """Rows of the tables, for each table the number of the first; all article ids lie in [low, high).

    An open end is empty for ``low``, none for ``high``.
    """

    tables: Tables
    first: Mapping[str, int]
    low: str
    high: str | None

    def is_ordered(self) -> bool:
        """Whether the rows of each table lie within, as far as the first and the last can tell."""
        return all(
            self.low <= table[_KEY][0].as_py() and (self.high is None or table[_KEY][-1].as_py() < self.high)
            for table in self.tables.values()
            if table.num_rows
        )


def windows(pieces: Mapping[str, Iterable[pa.Table]]) -> Iterator[Window]:
    """The rows of these tables, in which no ``article_id`` is null, window by window.

    Tables that are not in their order give windows that are not, in themselves or in their bounds.
    """
    feeds = {name: _Feed(each) for name, each in pieces.items()}
    low, high = "", None
    while any(feed.is_open for feed in feeds.values()):
        high = _read_on(list(feeds.values()))
        first = {name: feed.first for name, feed in feeds.items()}
        yield Window({name: feed.take(high) for name, feed in feeds.items()}, first, low, high)
        low = high or low


def _read_on(feeds: list["_Feed"]) -> str | None:
    """Read until there is enough for a window; the first article id that is not certainly complete, if any is not."""
    size = 0
    while reading := [feed for feed in feeds if feed.is_open]:
        least = min(reading, key=lambda feed: feed.reach)
        if size >= _BYTES and any(feed.has_below(least.reach) for feed in feeds):
            return least.reach
        size += least.read_on()
    return None


class _Feed:
    """A table as it is read: the rows that have come of it and are in no window yet."""

    def __init__(self, pieces: Iterable[pa.Table]) -> None:
        self._pieces = _parted(pieces)
        self._held = next(self._pieces)
        self.reach = _last(self._held)
        self.first = 0
        self.is_open = True

    def read_on(self) -> int:
        """Read one more piece; its size in bytes."""
        piece = next(self._pieces, None)
        if piece is None:
            self.is_open = False
            return 0
        self._held = pa.concat_tables([self._held, piece])
        self.reach = _last(piece) or self.reach
        return int(piece.nbytes)

    def has_below(self, key: str) -> bool:
        """Whether the first row that is held is one of an article below that."""
        return bool(self._held.num_rows and self._held[_KEY][0].as_py() < key)

    def take(self, high: str | None) -> pa.Table:
        """The rows of articles below that, or all of them, which are then held no longer."""
        ids = self._held[_KEY]
        count = (
            len(ids) if high is None else bisect_left(range(len(ids)), high, key=lambda row: ids[row].as_py())
        )
        taken, self._held = self._held.slice(0, count), self._held.slice(count)
        self.first += count
        return taken.combine_chunks()


def _last(piece: pa.Table) -> str:
    return str(piece[_KEY][-1].as_py()) if piece.num_rows else ""


def _parted(pieces: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Pieces, those with rows cut into parts of about ``_STEP`` bytes."""
    for piece in pieces:
        rows = max(1, piece.num_rows * _STEP // max(1, piece.nbytes))
        for at in range(0, max(1, piece.num_rows), rows):
            yield piece.slice(at, rows)
