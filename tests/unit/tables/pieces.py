"""Segments laid out by hand, and captures to go with them."""

from collections.abc import Sequence

import numpy as np

from builder.core.ids import article_id
from builder.parse.kinds import KINDS
from builder.parse.segment import Segments
from builder.tables.capture import Capture

Piece = tuple[str, int, float, int]  # kind, comment (-1: none), probability, gap


def segments(*texts: Sequence[Piece]) -> Segments:
    """Segments of one character each, with a blank of one between two of a text."""
    rows = []
    for text, pieces in enumerate(texts):
        for number, piece in enumerate(pieces):
            rows += [(text, ("blank", -1, 1.0, 0))] if number else []
            rows.append((text, piece))
    where = np.arange(len(rows), dtype=np.int64)
    text = np.array([each for each, _ in rows], dtype=np.int64)
    start = where - np.searchsorted(text, text)

    def column(number: int, kind: type) -> np.ndarray:
        return np.array([piece[number] for _, piece in rows], dtype=kind)

    kinds = np.array([KINDS.index(piece[0]) for _, piece in rows], dtype=np.int64)
    return Segments(
        text,
        kinds,
        where,
        where + 1,
        start,
        start + 1,
        column(1, np.int64),
        column(2, float),
        column(3, np.int64),
    )


def captures(number: int, notes: tuple[tuple[str, str], ...] = ()) -> list[Capture]:
    """So many captures of one source."""
    names = [f"herald/{each}.txt" for each in range(number)]
    return [Capture(name, article_id(name), "herald", "0" * 64, "utf-8", b"", notes) for name in names]
