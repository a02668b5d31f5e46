"""Builds on one machine: against the floor and a naive script, at two sizes, by one process and two."""

import math
from collections.abc import Sequence
from pathlib import Path

from benchmarks.commands import (
    BUILDER,
    PROCESSES,
    PYTHON,
    Command,
    Costs,
    build,
    cpu,
    differing,
    measured,
    memory,
    middle,
    ratio,
    scratch,
    script,
    settings,
    timings,
    wall,
)
from benchmarks.inputs import FILES, ROUNDS, SCRATCH, TENTH, page_size_files, single_capture
from benchmarks.results import Figure, Section

ONE, TWO, NAIVE = "builder", "builder, two processes", "naive script"
FLOOR, LEAN, CHECK = "floor", "floor of texts and names alone", "builder check"
ONE_TENTH, NAIVE_TENTH = "builder, a tenth", "naive script, a tenth"
SMALL, LARGE, LARGE_FIFTH = (
    "builder, one small capture",
    "builder, one large capture",
    "builder, one of a tenth",
)
NEAR, TOLD = "builder, a tenth, near copies", "builder, a tenth, languages"
BOTH = "builder, a tenth, both"
LARGE_BYTES = 40_000_000  # a little less than the most that a capture may have
# Ten times the input may cost at most thirteen times the work, start-up taken off, and five times half of that.
LINEAR = 13.0
LEAST_NET = 0.1  # seconds of work that stand out from those of start-up
SAID = """\
The floor (`floor.py`) reads all captures, hashes them, checks that they are UTF-8, and writes the builder's tables from
columns that are ready; the lean one writes texts and names alone. The naive script (`naive_pandas.py`) makes lists
of dictionaries, then frames: no offsets, hashes, probabilities, segments, checks or copies. The builder is compared
with near copies and languages left out, which neither has; what they add is measured with a tenth of them. `builder
check` holds every offset and every hash against the captures. Growth is of processor time with start-up taken off."""


def section() -> Section:
    """Measure builds."""
    commands = in_order(page_size_files(FILES), page_size_files(TENTH))
    costs = measured(commands, ROUNDS)
    differ = differing(scratch(ONE), scratch(TWO))
    figures = [*ratios(costs), Figure("tables that differ, one process or two", differ, 0)]
    return Section("Builds", SAID, figures, timings(costs))


def in_order(raw: Path, tenth: Path) -> Sequence[Command]:
    """All commands of a round, those that are compared side by side."""
    ready = columns(raw)
    return [
        floor(FLOOR, raw, ready),
        floor(LEAN, raw, ready / "lean"),
        build(ONE, raw),
        script(NAIVE, "naive_pandas", raw),
        build(TWO, raw, PROCESSES),
        check(raw),
        script(NAIVE_TENTH, "naive_pandas", tenth),
        build(ONE_TENTH, tenth),
        build(NEAR, tenth, folder=settings(near=True)),
        build(TOLD, tenth, folder=settings(languages=True)),
        build(BOTH, tenth, folder=settings(near=True, languages=True)),
        build(SMALL, single_capture(1)),
        build(LARGE, single_capture(LARGE_BYTES)),
        build(LARGE_FIFTH, single_capture(LARGE_BYTES // 5)),
    ]


def columns(raw: Path) -> Path:
    """The columns of the tables of these captures, ready to be written; made anew, as today's builder makes them."""
    ready = SCRATCH / f"ready-{raw.name}"
    build(ONE, raw, PROCESSES).measured()
    prepare = (PYTHON, "-m", "benchmarks.floor", "prepare", scratch(ONE), ready)
    Command("columns for the floor", prepare, raw, ready).measured()
    return ready


def floor(name: str, raw: Path, ready: Path) -> Command:
    """The floor, with these columns."""
    words = (PYTHON, "-m", "benchmarks.floor", "run", raw, ready, scratch(name))
    return Command(name, words, raw, scratch(name))


def check(raw: Path) -> Command:
    """`builder check` of the tables that two processes made in this round; where it goes backwards, in the last."""
    words = (BUILDER, "check", "--tables", scratch(TWO), "--raw", raw)
    return Command(CHECK, words, raw, scratch(TWO), settings(), keep=True)


def ratios(costs: Costs) -> list[Figure]:
    """The figures of all rounds."""
    return [
        Figure("CPU, builder / floor", ratio(costs, ONE, FLOOR), 2.5, 1.5),
        Figure("CPU, builder / floor of texts and names alone", ratio(costs, ONE, LEAN)),
        Figure("CPU, builder / naive script", ratio(costs, ONE, NAIVE), 0.8, 0.4),
        Figure("CPU, builder / naive script, a tenth", ratio(costs, ONE_TENTH, NAIVE_TENTH)),
        Figure("wall, two processes / naive script", ratio(costs, TWO, NAIVE, wall), 0.4, 0.18),
        Figure("wall, two processes / one", ratio(costs, TWO, ONE, wall), 0.65, 0.53),
        Figure("peak memory, builder / naive script", memory(costs, ONE) / memory(costs, NAIVE), 0.15, 0.05),
        Figure(
            "peak memory, builder, all / a tenth", memory(costs, ONE) / memory(costs, ONE_TENTH), 1.5, 1.1
        ),
        Figure("CPU, check of every offset and hash / build", ratio(costs, CHECK, ONE), 0.6, 0.25),
        Figure("net CPU, all captures / a tenth of them", growth(costs, ONE, ONE_TENTH), LINEAR),
        Figure("net CPU, one large capture / one of a fifth", growth(costs, LARGE, LARGE_FIFTH), LINEAR / 2),
        Figure("CPU, near copies found, too / not", ratio(costs, NEAR, ONE_TENTH)),
        Figure("CPU, languages determined, too / not", ratio(costs, TOLD, ONE_TENTH)),
        Figure("CPU, both / neither", ratio(costs, BOTH, ONE_TENTH)),
    ]


def growth(costs: Costs, large: str, small: str) -> float:
    """How many times the work of the small input the large one takes; not a number if that is too little."""
    start = middle(costs[SMALL], cpu)
    net = [middle(costs[name], cpu) - start for name in (large, small)]
    return net[0] / net[1] if net[1] > LEAST_NET else math.nan
