"""What versions say becomes the rows of four tables, each with the ``row`` of its version."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder.annotate.merging.suggested import writable
from builder.annotate.merging.versions import Told

SAYING = ("answers", "spans", "suggestions", "rejects")
"""The tables of what versions say."""
Column = Sequence[Any] | NDArray[np.int64]
_Each = Sequence[Sequence[Any]]
"""What each of several versions says."""


def rows_of(first: int, told: Told) -> dict[str, list[Column]]:
    """The columns of those tables; no columns where there are no rows. ``first`` is the row of the first version."""
    return {
        "answers": _answers(first, [one.answers for one in told.says]),
        "spans": _spans(first, [one.spans for one in told.says]),
        "suggestions": _suggestions(first, told.suggestions),
        "rejects": _rejects(first, [one.reasons for one in told.says]),
    }


def _answers(first: int, answers: _Each) -> list[Column]:
    row, _, found = _flat(first, answers)
    return [row, *zip(*found, strict=True)] if found else []


def _spans(first: int, spans: _Each) -> list[Column]:
    row, ordinal, found = _flat(first, spans)
    if not found:
        return []
    start, end, question, label, text = zip(*found, strict=True)
    return [row, ordinal, question, label, start, end, text]


def _suggestions(first: int, suggestions: _Each) -> list[Column]:
    row, _, found = _flat(first, suggestions)
    names = ("question", "model", "outcome", "option")
    return [row, *([getattr(one, name) for one in found] for name in names)] if found else []


def _rejects(first: int, reasons: _Each) -> list[Column]:
    row, ordinal, found = _flat(first, reasons)
    texts = [[writable(each) for each in (one.pointer, one.detail)] for one in found]
    return [row, ordinal, [one.reason for one in found], *zip(*texts, strict=True)] if found else []


def _flat(first: int, told: _Each) -> tuple[Column, Column, list[Any]]:
    """All that several versions say in one list; beside it the row of each one's version, and its place there."""
    counts = np.fromiter(map(len, told), np.int64, len(told))
    row = np.repeat(np.arange(first, first + len(told)), counts)
    ordinal = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    return row, ordinal, list(chain.from_iterable(told))
