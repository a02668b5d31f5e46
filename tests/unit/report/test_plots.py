"""Plots: lengths are true to the numbers, series differ without colour, nothing of the machine stays in them."""

import itertools
import re

import pytest

from builder.report.bars import Bar, Stack, bars, stacks
from builder.report.canvas import WIDTH, Canvas, fitted, width_of
from builder.report.columns import Bins, histogram, stacked_columns
from builder.report.legend import Key
from builder.report.matrix import Cell, matrix
from builder.report.palette import STYLES, VARIABLES, shade
from builder.report.points import Point, Row, Scale, Spread, points, spreads
from tests.unit.report.reading import Element, read

SERIES = [Key("one", STYLES[0]), Key("other", STYLES[1])]
WHOLE = Scale(0.0, 1.0, ((0.0, "0"), (1.0, "1")))
Box = tuple[float, float, float, float]


def drawn(canvas: Canvas) -> Element:
    """The plot as elements."""
    return read(canvas.svg("key", "title words")).children[0]


def boxes(canvas: Canvas, fill: str) -> list[Box]:
    """Left, top, width and height of everything filled so: with a series or shade, or a pattern."""
    found = []
    for path in drawn(canvas).all("path"):
        style = path.attributes.get("style") or ""
        if f"fill: {fill}" in style:
            numbers = [float(each) for each in re.findall(r"-?[\d.]+", path.attributes["d"] or "")]
            xs, ys = numbers[::2], numbers[1::2]
            found.append((min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))
    return found


def test_bars_are_as_long_as_their_values() -> None:
    """A bar of half the value is half as long, and each ends beside its number."""
    canvas = bars([Bar("a", 10, "10"), Bar("b", 5, "5"), Bar("c", 0, "0")])
    long, short = boxes(canvas, "var(--series-1)")
    assert short[2] / long[2] == pytest.approx(0.5, abs=0.01)
    assert [each.text for each in drawn(canvas).all("text")] == ["a", "10", "b", "5", "c", "0"]


def test_parts_of_a_stack_add_up() -> None:
    """Parts lie end to end, and all but the first series have a hatch, so that colour is not needed."""
    canvas = stacks([Stack("a", (3, 1), "4")], SERIES)
    (_, whole), (_, part) = boxes(canvas, "var(--series-1)"), boxes(canvas, "url(")
    assert part[0] == pytest.approx(whole[0] + whole[2], abs=0.1)
    assert part[2] / whole[2] == pytest.approx(1 / 3, abs=0.01)
    assert len({style.hatch for style in STYLES}) == len(STYLES)


def test_columns_are_as_high_as_their_counts() -> None:
    """A column of half the count is half as high; the bounds stand between the columns."""
    canvas = histogram(Bins((4, 2, 0), ("0", "5", "10", "15")), "things")
    high, low = boxes(canvas, "var(--series-1)")
    assert low[3] / high[3] == pytest.approx(0.5, abs=0.01)
    assert [each.text for each in drawn(canvas).all("text")] == ["4", "2", "0", "5", "10", "15", "things"]


def test_many_columns_have_few_labels() -> None:
    """Labels of many columns do not run into each other."""
    canvas = stacked_columns([(f"01-{day:02}", (day,)) for day in range(1, 90)], [], "days")
    places = [
        float(each.attributes["x"] or 0) for each in drawn(canvas).all("text") if each.text.startswith("01-")
    ]
    assert 4 < len(places) < 15
    assert min(right - left for left, right in itertools.pairwise(places)) > width_of("01-01", 11)


def test_points_lie_where_their_values_are() -> None:
    """A mark halves the axis at one half, its interval is as wide as it is, and series differ in shape."""
    keys = [Key("alpha", STYLES[0], "o"), Key("AC1", STYLES[3], "D", filled=False)]
    canvas = points([Row("a", (Point(0.5, 0.25, 0.75), Point(1.0)), "0.5")], keys, WHOLE, legend=False)
    marks = [float(each.attributes["x"] or 0) for each in drawn(canvas).all("use")]
    axis = [float(each.attributes["x"] or 0) for each in drawn(canvas).all("text")[:2]]
    assert marks == pytest.approx([axis[1], sum(axis) / 2], abs=0.1), "the first series lies on top"
    (line,) = [
        each
        for each in drawn(canvas).all("path")
        if "stroke-width: 2.5" in (each.attributes.get("style") or "")
    ]
    ends = [float(each) for each in re.findall(r"[\d.]+", line.attributes["d"] or "")][::2]
    assert (ends[1] - ends[0]) / (axis[1] - axis[0]) == pytest.approx(0.5, abs=0.01)
    assert len({each.attributes["xlink:href"] for each in drawn(canvas).all("use")}) == 2


def test_what_is_undefined_is_not_drawn() -> None:
    """A value that is missing has a label and no mark."""
    canvas = points(
        [Row("a", (Point(None),), "not defined")], [Key("alpha", STYLES[0], "o")], WHOLE, legend=False
    )
    assert not drawn(canvas).all("use")
    assert "not defined" in drawn(canvas).text


def test_a_box_holds_the_middle_half() -> None:
    """The box of a spread reaches from the second to the fourth quantile."""
    canvas = spreads([Spread("a", (0.25, 0.5, 0.75), "0.5")], WHOLE)
    axis = [float(each.attributes["x"] or 0) for each in drawn(canvas).all("text")[:2]]
    (box,) = boxes(canvas, "var(--series-1)")
    assert box[2] / (axis[1] - axis[0]) == pytest.approx(0.5, abs=0.01)


def test_a_matrix_is_read_by_numbers_or_names() -> None:
    """Short labels head the columns; long ones are numbered, and the numbers stand before the rows."""
    cells = [[Cell(1.0, "1.00"), Cell(0.0, "0.00")], [Cell(0.5, "0.50"), Cell(None, "")]]
    short = [each.text for each in drawn(matrix(["a", "b"], cells, ("", ""))).all("text")]
    assert short == ["a", "a", "1.00", "0.00", "b", "b", "0.50"]
    long = [each.text for each in drawn(matrix(["w" * 14, "v"], cells, ("", ""))).all("text")]
    assert (long[0], long[1][:3], long[4], long[5]) == ("1", "1 w", "2", "2 v")
    assert len(boxes(matrix(["a", "b"], cells, ("", "")), "var(--shade")) == 4


def test_shades_keep_their_text_legible() -> None:
    """Dark shades have light text, light ones dark text."""
    assert VARIABLES[shade(0.0)[1]] == "--ink"
    assert VARIABLES[shade(1.0)[1]] == "--paper"


def test_a_plot_says_nothing_of_machine_or_time() -> None:
    """The same plot is the same bytes, its colours are those of the page, its ids its own, its font the page's."""
    first, second = (bars([Bar("a", 1, "1", STYLES[1])]).svg("mine", "t w") for _ in range(2))
    assert first == second
    assert not re.findall(r"#000\d|font-family|<metadata|<style|matplotlib|\d{4}-\d\d-\d\d", first)
    assert all(each.startswith("mine-") for each in re.findall(r'\bid="([^"]*)"', first))


def test_labels_are_no_formulas() -> None:
    """Dollars, underscores, markup and other scripts in a label are shown as they are."""
    labels = ["$x_1$", "<b>&", "港の新聞", r"\frac"]
    said = [each.text for each in drawn(bars([Bar(label, 1, "") for label in labels])).all("text")]
    assert [each for each in said if each] == labels


def test_a_label_that_is_too_long_is_cut() -> None:
    """A long label ends in an ellipsis and does not leave the plot."""
    cut = fitted("a source with a very long name indeed", 100)
    assert cut.endswith("…")
    assert width_of(cut) <= 100 < WIDTH
    assert fitted("short", 100) == "short"
