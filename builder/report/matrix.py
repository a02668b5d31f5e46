"""A matrix of shaded cells with their numbers: rows against columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.report.canvas import SMALL, WIDTH, Canvas, fitted, labels_width, row_label, width_of
from builder.report.palette import QUIET, Style, shade

_MOST, _LEAST_FOR_TEXT = 58.0, 26.0
_HEAD = 26.0


@dataclass(frozen=True, slots=True)
class Cell:
    """How dark a cell is, from 0 to 1, and what stands in it; None for a cell without a value."""

    share: float | None
    said: str


def matrix(
    rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[Cell]], about: tuple[str, str]
) -> Canvas:
    """Cells in the order of rows; ``about`` is said of the rows and of the columns, or empty."""
    left = labels_width([*rows, about[0]], 120.0)
    head = _HEAD if any(about) else 0.0
    wide = min(_MOST * 1.4, (WIDTH - left) / len(columns))
    high = min(40.0, max(16.0, wide * 0.7))
    canvas = Canvas(head + _HEAD + high * len(rows) + 4)
    if head:
        canvas.text(left + 2, 10, fitted(about[1], WIDTH - left, SMALL), fontsize=SMALL, color=QUIET)
        canvas.text(left - 8, 10, fitted(about[0], left - 8, SMALL), "right", fontsize=SMALL, color=QUIET)
    for place, label in enumerate(columns):
        canvas.text(
            left + wide * (place + 0.5), head + 12, fitted(label, wide - 4, SMALL), "center", fontsize=SMALL
        )
    for down, label in enumerate(rows):
        y = head + _HEAD + high * down
        row_label(canvas, left, y + high / 2, label)
        for across, cell in enumerate(cells[down]):
            _draw(canvas, (left + wide * across, y), (wide, high), cell)
    return canvas


def _draw(canvas: Canvas, start: tuple[float, float], size: tuple[float, float], cell: Cell) -> None:
    ground, ink = shade(cell.share or 0.0)
    canvas.bar(start, size, Style(ground, ""))
    if cell.said and width_of(cell.said, SMALL) < size[0] and size[0] >= _LEAST_FOR_TEXT:
        middle = (start[0] + size[0] / 2, start[1] + size[1] / 2)
        canvas.text(*middle, cell.said, "center", fontsize=SMALL, color=ink)
