"""Measures rebuilds against full builds, and a Dask cluster of this machine against its processes: `make bench`.

BENCH_FILES (20000) is the number of captures; with fewer it is a quick look without gates or a results page, with
200000 the cluster has its gate as well, for with less work its start is most of what it takes.
"""

import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.account import Cost, cost_of
from benchmarks.inputs import FILES, FULL, SCRATCH, page_size_files
from benchmarks.results import Figure, machine_facts, table
from benchmarks.run import BUILDER, clear, fingerprints, timing

HERE = Path(__file__).parent
ROUNDS = 3
LARGE = 200_000
"""Captures from which on a cluster's start is little beside its work."""
EXPLANATION = """\
{files:,} generated captures of about 5 KB. Each round builds all of them with nothing kept; then again with nothing
changed; with one capture changed; and with all touched, so that each must be read to see that it is the same. Then two
processes and a Dask cluster of two workers on this machine build all of them. CPU is that of the whole process tree.
A figure is the median of {rounds} rounds."""
FULL_BUILD, NOTHING, ONE, TOUCHED = "full build", "nothing changed", "one capture changed", "all touched"
PROCESSES, DASK = "two processes", "dask, two workers"


@dataclass(frozen=True)
class Command:
    """A build of the corpus into a folder of its own."""

    name: str
    out: Path
    options: tuple[str, ...] = ("--executor", "serial")
    empty: bool = True

    def measured(self, raw: Path) -> Cost:
        """What it costs; beforehand nothing is kept, or what the last build left."""
        if self.empty:
            clear(self.out)
        cost = cost_of((BUILDER, "build", "--raw", raw, "--out", self.out, *self.options))
        print(f"  {self.name}: {cost.wall:.2f} s, {cost.cpu:.2f} s CPU", flush=True)
        return cost


def main() -> int:
    """Make what is missing of the corpus, measure, print; write the results of a full run."""
    raw = page_size_files(FILES)
    costs: dict[str, list[Cost]] = {}
    for number in range(ROUNDS):
        print(f"round {number + 1} of {ROUNDS}", flush=True)
        for name, cost in a_round(raw):
            costs.setdefault(name, []).append(cost)
    figures = [*ratios(costs), Figure("tables that differ, whoever built them", differing(), 0)]
    text = page(figures, costs)
    print("\n" + text)
    return verdict(figures, text)


def a_round(raw: Path) -> Iterator[tuple[str, Cost]]:
    """All commands once."""
    out = SCRATCH / "out" / "many"
    yield FULL_BUILD, Command(FULL_BUILD, out).measured(raw)
    yield NOTHING, Command(NOTHING, out, empty=False).measured(raw)
    files = sorted(raw.rglob("*.txt"))
    with changed(files[len(files) // 2]):
        yield ONE, Command(ONE, out, empty=False).measured(raw)
    Command("changed back", out, empty=False).measured(raw)
    for file in files:
        file.touch()
    yield TOUCHED, Command(TOUCHED, out, empty=False).measured(raw)
    for name, words in ((PROCESSES, "processes"), (DASK, "dask")):
        options = ("--executor", words, "--workers", "2")
        yield name, Command(name, SCRATCH / "out" / f"many-{words}", options).measured(raw)


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
        Figure("CPU, nothing changed / full build", ratio(costs, NOTHING, FULL_BUILD, cpu), 0.25),
        Figure("wall, nothing changed / full build", ratio(costs, NOTHING, FULL_BUILD, wall)),
        Figure("CPU, one capture changed / full build", ratio(costs, ONE, FULL_BUILD, cpu)),
        Figure("CPU, all touched / full build", ratio(costs, TOUCHED, FULL_BUILD, cpu)),
        Figure(
            "wall, dask with two workers / two processes",
            ratio(costs, DASK, PROCESSES, wall),
            1.6 if FILES >= LARGE else None,
        ),
        Figure("CPU, dask with two workers / two processes", ratio(costs, DASK, PROCESSES, cpu)),
    ]


def ratio(costs: dict[str, list[Cost]], one: str, other: str, of: Callable[[Cost], float]) -> float:
    """The median over the rounds of one command's cost by another's."""
    return statistics.median(of(a) / of(b) for a, b in zip(costs[one], costs[other], strict=True))


def cpu(cost: Cost) -> float:
    """Seconds of the processor."""
    return cost.cpu


def wall(cost: Cost) -> float:
    """Seconds by the clock."""
    return cost.wall


def differing() -> int:
    """How many files differ between the tables of the last round; 1 if there are none."""
    first, *others = (
        fingerprints(SCRATCH / "out" / name) for name in ("many", "many-processes", "many-dask")
    )
    return sum(len(first.items() ^ other.items()) for other in others) if first else 1


def page(figures: list[Figure], costs: dict[str, list[Cost]]) -> str:
    """The results as Markdown."""
    parts = [
        "# Results of `make bench`: builds again, and by many",
        EXPLANATION.format(files=FILES, rounds=ROUNDS),
        table(("figure", "value", "gate", ""), [each.row for each in figures]),
        "## Seconds and megabytes behind them",
        table(
            ("command", "wall s", "CPU s", "peak MB"),
            [timing(name, taken).row for name, taken in costs.items()],
        ),
        "## Machine",
        "\n".join(f"- {fact}" for fact in machine_facts()),
    ]
    return "\n\n".join(parts) + "\n"


def verdict(figures: list[Figure], text: str) -> int:
    """The exit code; a full run's page replaces the last one."""
    if FILES < FULL:
        print(f"A quick look at {FILES} captures: no gates, benchmarks/MANY.md is as it was.")
        return 0
    (HERE / "MANY.md").write_text(text, encoding="utf-8")
    failed = [figure.what for figure in figures if not figure.passes]
    print("All gates hold." if not failed else "Gates that fail: " + "; ".join(failed))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
