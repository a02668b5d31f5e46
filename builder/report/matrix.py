"""A matrix of shaded cells with their numbers: rows against columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.report.canvas import SMALL, WIDTH, Canvas, fitted, labels_width, row_label, width_of
from builder.report.palette import QUIET, Style, shade

_MOST, _SMALLEST = 81.0, 8.5
_HEAD = 26.0


@dataclass(frozen=True, slots=True)
class Cell:
    """How dark a cell is, from 0 to 1, and what stands in it; None for a cell without a value."""

    share: float | None
    said: str


def matrix(labels: Sequence[str], cells: Sequence[Sequence[Cell]], about: tuple[str, str]) -> Canvas:
    """Cells in the order of rows; rows and columns have the same labels.

    ``about`` is said of the rows and of the columns, or empty. Where labels are too long for columns, numbers
    that stand before the labels of the rows take their place.
    """
    rows, columns = labels, labels
    left, wide = _widths(rows, about[0])
    if any(width_of(label, SMALL) > wide - 4 for label in columns):
        rows = [f"{place}  {label}" for place, label in enumerate(labels, 1)]
        columns = [str(place) for place in range(1, len(labels) + 1)]
        left, wide = _widths(rows, about[0])
    head = _HEAD if any(about) else 0.0
    high = min(40.0, max(16.0, wide * 0.7))
    canvas = Canvas(head + _HEAD + high * len(labels) + 4)
    if head:
        canvas.text(left + 2, 10, fitted(about[1], WIDTH - left, SMALL), fontsize=SMALL, color=QUIET)
        row_label(canvas, left, 10, about[0], fontsize=SMALL, color=QUIET)
    size = _text_size([cell.said for row in cells for cell in row], wide)
    for place, (row, column) in enumerate(zip(rows, columns, strict=True)):
        canvas.text(left + wide * (place + 0.5), head + 12, column, "center", fontsize=SMALL)
        y = head + _HEAD + high * place
        row_label(canvas, left, y + high / 2, row)
        for across, cell in enumerate(cells[place]):
            _draw(canvas, (left + wide * across, y), (wide, high), cell, size)
    return canvas


def _widths(rows: Sequence[str], about: str) -> tuple[float, float]:
    """How much room the labels of the rows take, and each column."""
    left = labels_width([*rows, about], 120.0)
    return left, min(_MOST, (WIDTH - left) / len(rows))


def _text_size(texts: Sequence[str], wide: float) -> float:
    """The height of the text in all cells; 0 where it would be too small to read."""
    size = min(SMALL, (wide - 5) / max(1.0, *(width_of(said, 1.0) for said in texts)))
    return size if size >= _SMALLEST else 0.0


def _draw(
    canvas: Canvas, start: tuple[float, float], extent: tuple[float, float], cell: Cell, size: float
) -> None:
    ground, ink = shade(cell.share or 0.0)
    canvas.bar(start, extent, Style(ground, ""))
    if cell.said and size:
        middle = (start[0] + extent[0] / 2, start[1] + extent[1] / 2)
        canvas.text(*middle, cell.said, "center", fontsize=size, color=ink)
