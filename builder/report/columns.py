"""Standing columns: how often values fall between bounds, how much was done day by day."""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.report.canvas import SMALL, WIDTH, Canvas, width_of
from builder.report.legend import Key, draw_legend, legend_height
from builder.report.palette import QUIET, STYLES, Style
from builder.report.words import numeral

_HIGH, _ABOVE, _BELOW = 150.0, 20.0, 40.0
_SPACE, _WIDEST = 8.0, 72.0


@dataclass(frozen=True, slots=True)
class Bins:
    """How many values lie between bounds; ``bounds`` are one more than ``counts``, in words, some empty."""

    counts: tuple[int, ...]
    bounds: tuple[str, ...]


def histogram(bins: Bins, about: str) -> Canvas:
    """A column for each bin, bounds between them, and what the bounds are of."""
    canvas = Canvas(_ABOVE + _HIGH + _BELOW)
    start, wide = _placed(len(bins.counts))
    _columns(canvas, 0, [(count,) for count in bins.counts], [STYLES[0]])
    _axis(canvas, [(start + wide * place, bound) for place, bound in enumerate(bins.bounds)], about)
    return canvas


def stacked_columns(rows: Sequence[tuple[str, tuple[int, ...]]], keys: Sequence[Key], about: str) -> Canvas:
    """A column for each label, of one part for each key."""
    top = legend_height(keys)
    canvas = Canvas(top + _ABOVE + _HIGH + _BELOW)
    draw_legend(canvas, keys)
    start, wide = _placed(len(rows))
    _columns(canvas, top, [parts for _, parts in rows], [key.style for key in keys] or [STYLES[0]])
    _axis(canvas, [(start + wide * (place + 0.5), label) for place, (label, _) in enumerate(rows)], about)
    return canvas


def _placed(columns: int) -> tuple[float, float]:
    """Where the first column starts and how wide each is; few of them stand in the middle of the plot."""
    wide = min(_WIDEST, (WIDTH - 2 * _SPACE) / columns)
    return (WIDTH - wide * columns) / 2, wide


def _columns(canvas: Canvas, top: float, rows: Sequence[tuple[int, ...]], styles: Sequence[Style]) -> None:
    totals = [sum(parts) for parts in rows]
    most = max(totals) or 1
    start, wide = _placed(len(rows))
    numbers = max(width_of(numeral(total), SMALL) for total in totals) < wide
    # Where there is no room for all numbers, that of the highest column gives the scale.
    highest = totals.index(max(totals))
    gap = min(2.0, wide / 8)
    for place, parts in enumerate(rows):
        x, y = start + wide * place, top + _ABOVE + _HIGH
        for value, style in zip(parts, styles, strict=True):
            high = _HIGH * value / most
            if value:
                canvas.bar((x + gap, y - high), (wide - 2 * gap, high), style)
            y -= high
        if totals[place] and (numbers or place == highest):
            canvas.text(x + wide / 2, y - 8, numeral(totals[place]), "center", fontsize=SMALL, color=QUIET)
    canvas.line([start, start + wide * len(rows)], [top + _ABOVE + _HIGH] * 2, QUIET)


def _axis(canvas: Canvas, said: Sequence[tuple[float, str]], about: str) -> None:
    for x, label in _spread_out(said):
        canvas.text(x, canvas.height - _BELOW + 11, label, "center", fontsize=SMALL, color=QUIET)
    canvas.text(WIDTH / 2, canvas.height - 9, about, "center", fontsize=SMALL, color=QUIET)


def _spread_out(places: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """As many labels, evenly, as have room; none sticks out at the sides."""
    widest = max(width_of(label, SMALL) for _, label in places) + 8
    apart = places[1][0] - places[0][0] if len(places) > 1 else WIDTH
    every = max(1, -(-int(widest) // max(1, int(apart))))
    kept = []
    for x, label in places[::every]:
        half = width_of(label, SMALL) / 2
        kept.append((min(max(x, half), WIDTH - half), label))
    return kept
