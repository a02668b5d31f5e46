"""A capture's text line by line, each line with what it was taken for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of it that is one segment: number from 1, place in code points, and kind."""

    number: int
    char_start: int
    char_end: int
    kind: str
    probability: float
    comment_id: str | None
    text: str


def lines_of(text: str, segments: pa.Table) -> Iterator[Line]:
    """The lines of a canonical text in order, as the ``segments`` of its capture cut them, blank ones too.

    White space between segments of one line is left out; a line without any other character is of kind blank.
    """
    rows = _Rows(segments.sort_by("ordinal").to_pylist())
    start = 0
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        parts = [part for part in rows.inside(start, start + len(line)) if text[slice(*part[:2])].strip()]
        for begin, end, row in parts:
            yield Line(
                number, begin, end, row["kind"], row["probability"], row["comment_id"], text[begin:end]
            )
        if not parts:
            yield Line(number, start, start + len(line), BLANK, 1.0, None, line)
        start += len(line) + 1


class _Rows:
    """Segments, asked for in order."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._rows = rows
        self._next = 0

    def inside(self, start: int, end: int) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
        """The segments that reach into a stretch of text, each with the part of it that lies inside."""
        while self._next < len(self._rows) and self._rows[self._next]["char_end"] <= start:
            self._next += 1
        for row in self._rows[self._next :]:
            if row["char_start"] >= end:
                return
            yield max(start, row["char_start"]), min(end, row["char_end"]), row
