"""The colours of plots: names while they are drawn, variables of the style sheet in the page.

The series are those of Okabe and Ito (2008), which readers with any kind of colour blindness can tell apart,
a little darker where paper needs it. No plot says anything by colour alone: series differ in hatches or marks.
"""

from dataclasses import dataclass

INK, QUIET, GRID, PAPER = "#000101", "#000102", "#000103", "#000104"
"""Text, lesser text, grid lines, the ground."""
SERIES = ("#000201", "#000202", "#000203", "#000204", "#000205", "#000206")
SHADES = ("#000301", "#000302", "#000303", "#000304", "#000305", "#000306", "#000307")
"""From nothing to all."""
VARIABLES = {
    INK: "--ink",
    QUIET: "--quiet",
    GRID: "--grid",
    PAPER: "--paper",
    **{colour: f"--series-{place}" for place, colour in enumerate(SERIES, 1)},
    **{colour: f"--shade-{place}" for place, colour in enumerate(SHADES)},
}
"""The variable of the style sheet for each colour."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one series looks: its colour, and the hatch that tells it from the others without colour."""

    colour: str
    hatch: str


STYLES = tuple(
    Style(colour, hatch)
    for colour, hatch in zip(SERIES, ("", "////", "....", "xxx", "\\\\\\\\", "----"), strict=True)
)
OPEN = Style(GRID, "")
"""What is still to be done."""


def shade(share: float) -> tuple[str, str]:
    """The ground for a share from 0 to 1, and the colour of text on it."""
    place = min(len(SHADES) - 1, max(0, round(share * (len(SHADES) - 1))))
    return SHADES[place], INK if place < 4 else PAPER
