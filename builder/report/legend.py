"""What the series of a plot are called: a sample and a name each, in lines above the plot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.report.canvas import SMALL, WIDTH, Canvas, fitted, width_of
from builder.report.palette import QUIET, STYLES, Style

_LINE, _SAMPLE, _GAP = 20.0, 20.0, 14.0


@dataclass(frozen=True, slots=True)
class Key:
    """A series: its name, and the fill of its bars, or the shape of its marks."""

    name: str
    style: Style = STYLES[0]
    shape: str = ""
    filled: bool = True


def legend_height(keys: Sequence[Key]) -> float:
    """How much room the legend takes above a plot."""
    return max((y for _, _, y in _placed(keys)), default=-_LINE / 2 - 6) + _LINE / 2 + 6


def draw_legend(canvas: Canvas, keys: Sequence[Key]) -> None:
    """Draw the legend at the top."""
    for key, x, y in _placed(keys):
        if key.shape:
            canvas.mark(x + _SAMPLE / 2, y, key.shape, key.style.colour, filled=key.filled)
        else:
            canvas.bar((x, y - 6), (_SAMPLE, 12), key.style)
        canvas.text(x + _SAMPLE + 6, y, _name(key), fontsize=SMALL, color=QUIET)


def _placed(keys: Sequence[Key]) -> Iterator[tuple[Key, float, float]]:
    x, y = 0.0, _LINE / 2
    for key in keys:
        wide = _SAMPLE + 6 + width_of(_name(key), SMALL)
        if x and x + wide > WIDTH:
            x, y = 0.0, y + _LINE
        yield key, x, y
        x += wide + _GAP


def _name(key: Key) -> str:
    return fitted(key.name, WIDTH - _SAMPLE - 6, SMALL)
