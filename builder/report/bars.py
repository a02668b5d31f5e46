"""Lying bars: one a row, or several in a row that add up."""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.report.canvas import SMALL, WIDTH, Canvas, labels_width, row_label, width_of
from builder.report.legend import Key, draw_legend, legend_height
from builder.report.palette import QUIET, STYLES, Style

_ROW, _BAR = 27.0, 19.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its label, its value, what stands at its end, and how it looks."""

    label: str
    value: float
    said: str
    style: Style = STYLES[0]


@dataclass(frozen=True, slots=True)
class Stack:
    """A row of parts that add up, one a series, and what stands at its end."""

    label: str
    parts: tuple[float, ...]
    said: str


def bars(rows: Sequence[Bar], keys: Sequence[Key] = ()) -> Canvas:
    """One bar a row, each with its number; ``keys`` say what different fills mean, if there are some."""
    return _drawn(
        [(row.label, [(row.value, row.style)], row.said) for row in rows],
        keys,
    )


def stacks(rows: Sequence[Stack], keys: Sequence[Key]) -> Canvas:
    """One bar a row, of one part for each key."""
    styles = [key.style for key in keys]
    return _drawn([(row.label, list(zip(row.parts, styles, strict=True)), row.said) for row in rows], keys)


def _drawn(rows: Sequence[tuple[str, list[tuple[float, Style]], str]], keys: Sequence[Key]) -> Canvas:
    top = legend_height(keys)
    canvas = Canvas(top + _ROW * len(rows) + 4)
    draw_legend(canvas, keys)
    left = labels_width([label for label, _, _ in rows])
    inside = WIDTH - left - max(width_of(said, SMALL) for _, _, said in rows) - 10
    most = max(sum(value for value, _ in parts) for _, parts, _ in rows) or 1
    for place, (label, parts, said) in enumerate(rows):
        middle, x = top + _ROW * (place + 0.5), left
        for value, style in parts:
            if value:
                canvas.bar((x, middle - _BAR / 2), (inside * value / most, _BAR), style)
            x += inside * value / most
        canvas.line([left, left], [middle - _BAR / 2, middle + _BAR / 2], QUIET)
        row_label(canvas, left, middle, label)
        canvas.text(x + 6, middle, said, fontsize=SMALL, color=QUIET)
    return canvas
