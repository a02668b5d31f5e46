"""Points on a scale, one row a thing: values with their intervals, and how values are spread."""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.report.canvas import SMALL, WIDTH, Canvas, axis, labels_width, row_label, width_of
from builder.report.legend import Key, draw_legend, legend_height
from builder.report.palette import INK, QUIET, STYLES

_ROW, _BELOW, _APART = 27.0, 24.0, 9.0


@dataclass(frozen=True, slots=True)
class Point:
    """A value with its interval; None where there is none."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its label, a point for each series, what stands at its end; ``strong`` where it is a whole of others."""

    label: str
    points: tuple[Point, ...]
    said: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis: its ends, and what is written where."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How the values of a row are spread: its quartiles, and what stands at the end."""

    label: str
    quartiles: tuple[float, float, float]
    said: str


def points(rows: Sequence[Row], keys: Sequence[Key], scale: Scale, *, legend: bool = True) -> Canvas:
    """A mark for each value with a line for its interval; series differ in shape and colour."""
    top = legend_height(keys) if legend else 4.0
    frame = _Frame.of([(row.label, row.said) for row in rows], top, scale)
    if legend:
        draw_legend(frame.canvas, keys)
    for place, row in enumerate(rows):
        middle = frame.row(place, row.label, row.said, strong=row.strong)
        # The first series lies on top of the others.
        there = [(key, point) for key, point in zip(keys, row.points, strict=True) if point.value is not None]
        for (key, point), y in reversed(list(zip(there, _beside(middle, len(there)), strict=True))):
            if point.low is not None and point.high is not None:
                frame.canvas.line(
                    [frame.x(point.low), frame.x(point.high)], [y, y], key.style.colour, linewidth=2.5
                )
            if point.value is not None:
                frame.canvas.mark(frame.x(point.value), y, key.shape, key.style.colour, filled=key.filled)
    return frame.canvas


def spreads(rows: Sequence[Spread], scale: Scale) -> Canvas:
    """A box from the first to the last quartile, a stroke at the median."""
    frame = _Frame.of([(row.label, row.said) for row in rows], 4.0, scale)
    for place, row in enumerate(rows):
        y = frame.row(place, row.label, row.said)
        low, middle, high = map(frame.x, row.quartiles)
        frame.canvas.bar((low, y - 8), (max(1.0, high - low), 16), STYLES[0])
        frame.canvas.line([middle, middle], [y - 10, y + 10], INK, linewidth=3)
    return frame.canvas


def _beside(middle: float, series: int) -> list[float]:
    """The heights of the series of a row, so that none hides another."""
    return [middle + _APART * (place - (series - 1) / 2) for place in range(series)]


@dataclass(frozen=True, slots=True)
class _Frame:
    """A canvas with its scale drawn, and rows to be filled."""

    canvas: Canvas
    scale: Scale
    top: float
    left: float
    inside: float

    @classmethod
    def of(cls, rows: Sequence[tuple[str, str]], top: float, scale: Scale) -> "_Frame":
        canvas = Canvas(top + _ROW * len(rows) + _BELOW)
        left = labels_width([label for label, _ in rows])
        inside = WIDTH - left - max(width_of(said, SMALL) for _, said in rows) - 18
        frame = cls(canvas, scale, top, left + 4, inside)
        axis(canvas, [(frame.x(at), said) for at, said in scale.ticks], top, top + _ROW * len(rows))
        return frame

    def x(self, value: float) -> float:
        """Where a value lies; what is beyond the scale lies at its end."""
        share = (value - self.scale.low) / (self.scale.high - self.scale.low)
        return self.left + self.inside * min(1.0, max(0.0, share))

    def row(self, place: int, label: str, said: str, *, strong: bool = False) -> float:
        """Write the label of a row and what stands at its end; the middle of its height."""
        y = self.top + _ROW * (place + 0.5)
        row_label(self.canvas, self.left - 4, y, label, fontweight="bold" if strong else "normal")
        self.canvas.text(WIDTH, y, said, "right", fontsize=SMALL, color=QUIET)
        return y
