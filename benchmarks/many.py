"""Rebuilds against full builds, and a Dask cluster of this machine against its processes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks.account import Cost
from benchmarks.commands import PROCESSES, build, differing, ratio, scratch, timings, wall
from benchmarks.inputs import FILES, ROUNDS, page_size_files
from benchmarks.results import Figure, Section

FULL, NOTHING, ONE, TOUCHED = "full build", "nothing changed", "one capture changed", "all touched"
TWO, DASK = "two processes", "dask, two workers"
SAID = """\
Each round builds all captures with nothing kept; then again with nothing changed; with one capture changed; and with
all touched, so that each must be read to see that it is the same. Then two processes and a Dask cluster of two workers
on this machine build all of them."""


def section() -> Section:
    """Measure rebuilds and clusters."""
    raw = page_size_files(FILES)
    costs: dict[str, list[Cost]] = {}
    for number in range(ROUNDS):
        print(f"round {number + 1} of {ROUNDS}", flush=True)
        for name, cost in (*again(raw), *by_two(raw, backwards=number % 2 == 1)):
            costs.setdefault(name, []).append(cost)
    differ = differing(*(scratch(name) for name in (FULL, TWO, DASK)))
    figures = [*ratios(costs), Figure("tables that differ, whoever built them", differ, 0)]
    return Section("Builds again, and by many", SAID, figures, timings(costs))


def again(raw: Path) -> Iterator[tuple[str, Cost]]:
    """A full build, and others over what it left."""
    full = build(FULL, raw)
    yield FULL, full.measured()
    files = sorted(raw.rglob("*.txt"))
    yield NOTHING, replace(full, name=NOTHING, keep=True).measured()
    with changed(files[len(files) // 2]):
        yield ONE, replace(full, name=ONE, keep=True).measured()
    replace(full, name="changed back", keep=True).measured()
    for file in files:
        file.touch()
    yield TOUCHED, replace(full, name=TOUCHED, keep=True).measured()


def by_two(raw: Path, *, backwards: bool) -> Sequence[tuple[str, Cost]]:
    """Two processes and a cluster of two."""
    both = [build(TWO, raw, PROCESSES), build(DASK, raw, ("--executor", "dask", "--workers", "2"))]
    return [(one.name, one.measured()) for one in (reversed(both) if backwards else both)]


@contextmanager
def changed(file: Path) -> Iterator[None]:
    """Inside, a capture has one line more."""
    before = file.read_bytes()
    file.write_bytes(before + b"One line more.\n")
    try:
        yield
    finally:
        file.write_bytes(before)


def ratios(costs: dict[str, list[Cost]]) -> list[Figure]:
    """The medians of the ratios of each round."""
    return [
        Figure("wall, dask with two workers / two processes", ratio(costs, DASK, TWO, wall), 1.6, 1.2),
        Figure("CPU, dask with two workers / two processes", ratio(costs, DASK, TWO)),
        Figure("CPU, rebuild with nothing changed / full build", ratio(costs, NOTHING, FULL), 0.25, 0.05),
        Figure("wall, rebuild with nothing changed / full build", ratio(costs, NOTHING, FULL, wall)),
        Figure("CPU, rebuild with one capture changed / full build", ratio(costs, ONE, FULL)),
        Figure("CPU, rebuild with all touched / full build", ratio(costs, TOUCHED, FULL)),
    ]
