"""Measures `builder build` against a naive pandas script and against itself at other sizes: `make bench`.

BENCH_FILES (20000) is the number of captures; with fewer it is a quick look without gates or a results page.
BENCH_DIR is where the corpus is kept between runs, by default in the system's temporary directory.
"""

import hashlib
import math
import os
import shutil
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.account import Cost, cost_of
from benchmarks.inputs import FILES, FULL, SCRATCH, inputs
from benchmarks.results import Figure, Timing, page

HERE = Path(__file__).parent
# Every other round goes backwards: whoever comes first pays for memory that the machine had given away.
ROUNDS = 4
# What the naive script does nothing like; benchmarks/DUPLICATES.md and LANGUAGE.md say what it costs.
SETTINGS = "[tool.builder]\nnear_duplicates = false\ndetect_languages = false\n"
# Ten times the input may cost at most thirteen times the work, start-up taken off.
LINEAR = 13.0
LEAST_NET = 0.2  # seconds of work that stand out from those of start-up
PYTHON = Path(sys.executable)
BUILDER = PYTHON.with_name("builder")
NAIVE, ONE, TWO = "naive pandas script", "builder, all captures", "builder, all captures, two processes"


@dataclass(frozen=True)
class Run:
    """A command over one input, writing to a folder of its own that is empty at each start."""

    name: str
    command: tuple[str | Path, ...]
    raw: Path
    out: Path

    def measured(self) -> Cost:
        """What one run costs with its input in the page cache."""
        for path in sorted(self.raw.rglob("*.txt")) if self.raw.is_dir() else [self.raw]:
            path.read_bytes()
        clear(self.out)
        return cost_of(self.command)


def clear(out: Path) -> None:
    """Remove tables, and what is kept of them for the next build."""
    for folder in (out, out.with_name(f".{out.name}.parts")):
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Make what is missing of the corpus, measure, print; write the results of a full run."""
    raw = inputs()
    (SCRATCH / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    os.chdir(SCRATCH)
    runs = in_order(raw)
    costs: dict[str, list[Cost]] = {run.name: [] for run in runs}
    for number in range(ROUNDS):
        for run in runs if number % 2 == 0 else reversed(runs):
            costs[run.name].append(run.measured())
            print(
                f"round {number + 1} of {ROUNDS}: {run.name}: {costs[run.name][-1].cpu:.2f} s CPU", flush=True
            )
    figures = [*ratios(costs), Figure("tables that differ, one process or two", differing(runs), 0)]
    text = page(figures, [timing(name, taken) for name, taken in costs.items()], ROUNDS)
    print("\n" + text)
    return verdict(figures, text)


def in_order(raw: dict[str, Path]) -> list[Run]:
    """All runs of a round, those that are compared side by side."""
    serial = {
        name: build(f"builder, {name}", path, ("--executor", "serial", "--max-capture-bytes", str(2**30)))
        for name, path in raw.items()
    }
    first, second = serial.pop("one small capture"), serial.pop("all captures")
    two = build(TWO, raw["all captures"], ("--executor", "processes", "--workers", "2"))
    return [first, naive(raw["all captures"]), second, two, *serial.values()]


def naive(raw: Path) -> Run:
    """The naive script over all captures."""
    out = SCRATCH / "out" / "naive"
    return Run(NAIVE, (PYTHON, HERE / "naive_pandas.py", raw, out), raw, out)


def build(name: str, raw: Path, options: tuple[str, ...]) -> Run:
    """The builder over one input, which finds exact copies, and leaves near ones and languages out."""
    out = SCRATCH / "out" / name.replace(", ", "-").replace(" ", "-")
    return Run(name, (BUILDER, "build", "--raw", raw, "--out", out, *options), raw, out)


def ratios(costs: dict[str, list[Cost]]) -> list[Figure]:
    """The figures of all runs: paired ratios to the naive script, and net growth with the input."""
    ours, theirs, two = costs[ONE], costs[NAIVE], costs[TWO]
    cpu = [a.cpu / b.cpu for a, b in zip(ours, theirs, strict=True)]
    wall = [a.wall / b.wall for a, b in zip(two, ours, strict=True)]
    files = growth(costs, "all captures", "a tenth of them")
    capture = growth(costs, "one large capture", "one of a tenth")
    return [
        Figure("CPU, builder / naive script", statistics.median(cpu), 1.0),
        Figure("peak memory, builder / naive script", memory(ours) / memory(theirs), 0.5),
        Figure("net CPU, all captures / a tenth of them", files, LINEAR),
        Figure("net CPU, one large capture / one of a tenth", capture, LINEAR),
        Figure("wall, two processes / one", statistics.median(wall)),
        Figure("peak memory, two processes / naive script", memory(two) / memory(theirs)),
    ]


def memory(costs: Sequence[Cost]) -> float:
    """The highest peak of any run, since sampling can only miss a peak."""
    return max(cost.memory for cost in costs)


def growth(costs: dict[str, list[Cost]], large: str, small: str) -> float:
    """How many times the work of the small input the large one takes; not a number if that is too little."""
    start = statistics.median(cost.cpu for cost in costs["builder, one small capture"])
    net = [
        statistics.median(cost.cpu for cost in costs[f"builder, {name}"]) - start for name in (large, small)
    ]
    return net[0] / net[1] if net[1] > LEAST_NET else math.nan


def timing(name: str, costs: Sequence[Cost]) -> Timing:
    """The medians of a command's runs; of memory the highest."""
    wall, cpu = (statistics.median(values) for values in zip(*((c.wall, c.cpu) for c in costs), strict=True))
    return Timing(name, wall, cpu, memory(costs))


def differing(runs: Sequence[Run]) -> int:
    """How many files of the built tables differ between one process and two; 1 if there are none."""
    one, two = (fingerprints(run.out) for run in runs if run.name in {ONE, TWO})
    return len(one.items() ^ two.items()) if one else 1


def fingerprints(folder: Path) -> dict[str, str]:
    """The content hash of each file below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def verdict(figures: Sequence[Figure], text: str) -> int:
    """The exit code; a full run's page replaces the last one."""
    if FILES < FULL:
        print(f"A quick look at {FILES} captures: no gates, benchmarks/RESULTS.md is as it was.")
        return 0
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    failed = [figure.what for figure in figures if not figure.passes]
    print("All gates hold." if not failed else "Gates that fail: " + "; ".join(failed))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
