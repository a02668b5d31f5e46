"""Plots are drawn here by matplotlib and become pieces of HTML; nothing of the time or machine stays in them."""

import re
import unicodedata
import warnings
from collections.abc import Sequence
from io import BytesIO
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from builder.report.markup import Html, tag
from builder.report.palette import GRID, INK, PAPER, QUIET, VARIABLES, Style

WIDTH = 390.0
"""How wide each plot is, in CSS pixels: it fits a phone, and two of them fit side by side on a desk."""
SIZE, SMALL = 12.0, 11.0
"""Heights of text, in pixels."""
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be found, read aloud and copied
    "svg.hashsalt": "newsthreads",
    "hatch.linewidth": 1.2,
}
_NOTHING = {"Date": None, "Creator": None, "Format": None, "Type": None}
_FONT = re.compile(r"font-family: [^;\"]*(?:; )?")
_STYLE = re.compile(r"<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)
_COLOUR = re.compile("|".join(VARIABLES))
_FILL = re.compile(r'fill="(#\w+)"')
_REFERENCE = re.compile(r'(?:url\(#|href="#)([\w.]+)')
_ID = re.compile(r' id="([\w.]+)"')
_LONG = re.compile(r"(\.\d\d)\d+")
_NEEDLESS = re.compile(r' transform="rotate\(-0 [^)]*\)"')
_NARROW, _BROAD = frozenset("ijl.,:;'|! I()[]"), frozenset("mwMW@%\N{PER MILLE SIGN}")
Align = Literal["left", "center", "right"]


class Canvas:
    """One plot, ``WIDTH`` wide and ``height`` high; places are pixels from the left and from the top."""

    def __init__(self, height: float) -> None:
        self.height = height
        with mpl.rc_context(_SETTINGS):
            self._drawing = Drawing(figsize=(WIDTH / 72, height / 72), facecolor="none")
            self._axes = self._drawing.add_axes((0, 0, 1, 1))
        self._drawn = 0
        self._axes.set_axis_off()
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)

    def text(self, x: float, y: float, said: str, align: Align = "left", **how: Any) -> None:  # noqa: ANN401
        """Text on one line, in the middle of its height at ``y``; ``how`` is what matplotlib knows of text."""
        # A label may hold dollars, which are no formula.
        how = {"color": INK, "fontsize": SIZE, "fontfamily": "DejaVu Sans", "parse_math": False, **how}
        self._axes.text(x, y, said, ha=align, va="center_baseline", zorder=self._order(), **how)

    def bar(self, start: tuple[float, float], size: tuple[float, float], style: Style) -> None:
        """A bar from its upper left corner, with a hatch where its style has one."""
        how: dict[str, Any] = {"facecolor": style.colour, "edgecolor": PAPER, "linewidth": 1}
        how["zorder"] = self._order()
        self._axes.add_patch(
            _hatched(start, size, style.hatch, how) if style.hatch else Rectangle(start, *size, **how)
        )

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str = GRID, **how: Any) -> None:  # noqa: ANN401
        """A line from place to place."""
        self._axes.plot(
            xs, ys, color=colour, **{"linewidth": 1, "solid_capstyle": "butt", "zorder": self._order(), **how}
        )

    def mark(self, x: float, y: float, shape: str, colour: str, *, filled: bool = True) -> None:
        """A mark: o, D, s and so on, as matplotlib names shapes."""
        how: dict[str, Any] = {"markersize": 8, "markeredgewidth": 1.6, "zorder": self._order()}
        self._axes.plot([x], [y], shape, color=colour, markerfacecolor=colour if filled else PAPER, **how)

    def _order(self) -> int:
        """What is drawn later lies above."""
        self._drawn += 1
        return self._drawn

    def svg(self, key: str, described_by: str) -> Html:
        """The plot as an image that is described by elements of the page; ``key`` tells its ids from others."""
        buffer = BytesIO()
        with mpl.rc_context(_SETTINGS), warnings.catch_warnings():
            # The browser's fonts have what the font that measures here has not.
            warnings.filterwarnings("ignore", message="Glyph .* missing from")
            self._drawing.savefig(buffer, format="svg", metadata=_NOTHING)
        text = buffer.getvalue().decode()
        inside = _STYLE.sub("", text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")])
        inside = _COLOUR.sub(lambda one: f"var({VARIABLES[one[0]]})", _FILL.sub(r'style="fill: \1"', inside))
        inside = _LONG.sub(r"\1", _NEEDLESS.sub("", _FONT.sub("", inside)))
        size = f"0 0 {WIDTH:g} {self.height:g}"
        return tag(
            "svg", Html(_with_own_ids(inside, key)), viewBox=size, role="img", aria_labelledby=described_by
        )


def _hatched(
    start: tuple[float, float], size: tuple[float, float], hatch: str, how: dict[str, Any]
) -> Rectangle:
    """A bar with a hatch, whose lines take their width from the settings at hand."""
    with mpl.rc_context(_SETTINGS):
        return Rectangle(start, *size, hatch=hatch, **how)


def _with_own_ids(svg: str, key: str) -> str:
    """Without ids that nothing refers to, and with the key before all others."""
    used = set(_REFERENCE.findall(svg))
    kept = _ID.sub(lambda one: f' id="{key}-{one[1]}"' if one[1] in used else "", svg)
    return _REFERENCE.sub(lambda one: one[0].replace("#", f"#{key}-"), kept)


def width_of(text: str, size: float = SIZE) -> float:
    """About how wide a text is in a broad font, in pixels."""
    return size * sum(map(_width, text))


def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    return 0.4 if character in _NARROW else 0.95 if character in _BROAD else 0.64


def fitted(text: str, width: float, size: float = SIZE) -> str:
    """A text on one line, cut so that it is no wider than so many pixels."""
    text = " ".join(text.split())
    if width_of(text, size) <= width:
        return text
    while text and width_of(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def labels_width(labels: Sequence[str], most: float = 150.0) -> float:
    """How much room labels at the left of a plot take, with the space after them."""
    return min(most, max((width_of(label) for label in labels), default=0.0)) + 10


def row_label(canvas: Canvas, left: float, y: float, label: str, **how: Any) -> None:  # noqa: ANN401
    """The label of a row, right-aligned before what starts at ``left``."""
    canvas.text(left - 8, y, fitted(label, left - 8), "right", **how)


def axis(canvas: Canvas, places: Sequence[tuple[float, str]], top: float, bottom: float) -> None:
    """Grid lines from top to bottom, with what they stand for below."""
    for x, said in places:
        canvas.line([x, x], [top, bottom])
        canvas.text(x, bottom + 11, said, "center", fontsize=SMALL, color=QUIET)
