"""Axes with round numbers on them."""

from matplotlib.ticker import MaxNLocator

from builder.report.points import Scale
from builder.report.words import percent, seconds

_STEPS = 4
SHARES = Scale(0.0, 1.0, tuple((at, percent(at)) for at in (0.0, 0.25, 0.5, 0.75, 1.0)))
"""From nothing to all."""


def seconds_scale(most: float) -> Scale:
    """From 0 seconds to a round number of them, so that ``most`` is inside."""
    locator = MaxNLocator(_STEPS, steps=[1, 2, 3, 6, 10], integer=True)
    ticks = [float(tick) for tick in locator.tick_values(0, max(1.0, most)) if tick >= 0]
    return Scale(0.0, ticks[-1], tuple((tick, seconds(tick) if tick else "0") for tick in ticks))
