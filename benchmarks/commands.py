"""Commands that are measured side by side: the builder and the others, round by round."""

import shutil
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from benchmarks.account import Cost, cost_of
from benchmarks.inputs import SCRATCH
from benchmarks.results import Timing

PYTHON = Path(sys.executable)
BUILDER = PYTHON.with_name("builder")
SERIAL = ("--executor", "serial")
PROCESSES = ("--executor", "processes", "--workers", "2")
SETTINGS = "[tool.builder]\nnear_duplicates = {near}\ndetect_languages = {languages}\nlanguages = [{names}]\n"
NAMES = ("de", "en", "es")

Costs = Mapping[str, Sequence[Cost]]
"""What each command cost, round by round."""


@dataclass(frozen=True)
class Command:
    """A command that reads an input and writes to a folder of its own, emptied at each start unless told to keep."""

    name: str
    words: tuple[str | Path, ...]
    reads: Path
    out: Path
    folder: Path | None = None
    keep: bool = False

    def measured(self) -> Cost:
        """What one run costs with its input in the page cache."""
        for path in sorted(self.reads.rglob("*.txt")) if self.reads.is_dir() else [self.reads]:
            path.read_bytes()
        if not self.keep:
            clear(self.out)
        cost = cost_of(self.words, self.folder)
        print(f"  {self.name}: {cost.wall:.1f} s, {cost.cpu:.1f} s CPU, {cost.memory:.0f} MB", flush=True)
        return cost


def clear(out: Path) -> None:
    """Remove tables, and what is kept of them for the next build."""
    for folder in (out, out.with_name(f".{out.name}.parts")):
        shutil.rmtree(folder, ignore_errors=True)


def scratch(name: str) -> Path:
    """The folder that the command of that name writes to."""
    return SCRATCH / "out" / name.replace(", ", "-").replace(" ", "-")


def settings(*, near: bool = False, languages: bool = False) -> Path:
    """A folder with the settings of a dataset: whether near copies are looked for, and languages determined."""
    folder = SCRATCH / "settings" / f"near-{near}-languages-{languages}"
    folder.mkdir(parents=True, exist_ok=True)
    names = ", ".join(f'"{name}"' for name in NAMES)
    said = SETTINGS.format(near=str(near).lower(), languages=str(languages).lower(), names=names)
    (folder / "pyproject.toml").write_text(said, encoding="utf-8")
    return folder


def build(name: str, raw: Path, options: Sequence[str] = SERIAL, folder: Path | None = None) -> Command:
    """A build; unless a folder of settings is given, near copies and languages are left out."""
    out = scratch(name)
    words: tuple[str | Path, ...] = (BUILDER, "build", "--raw", raw, "--out", out, *options)
    return Command(name, words, raw, out, folder or settings())


def script(name: str, module: str, raw: Path, python: Path = PYTHON) -> Command:
    """A module of this folder that reads captures and writes tables."""
    out = scratch(name)
    return Command(name, (python, "-W", "ignore", "-m", f"benchmarks.{module}", raw, out), raw, out)


def measured(commands: Sequence[Command], rounds: int) -> dict[str, list[Cost]]:
    """Each command once a round."""
    costs: dict[str, list[Cost]] = {command.name: [] for command in commands}
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", flush=True)
        # Every other round goes backwards: whoever comes first pays for memory that the machine had given away.
        for command in commands if number % 2 == 0 else reversed(commands):
            costs[command.name].append(command.measured())
    return costs


def cpu(cost: Cost) -> float:
    """Seconds of the processor."""
    return cost.cpu


def wall(cost: Cost) -> float:
    """Seconds by the clock."""
    return cost.wall


def ratio(costs: Costs, one: str, other: str, of: Callable[[Cost], float] = cpu) -> float:
    """The median over the rounds of one command's cost by another's."""
    return statistics.median(of(a) / of(b) for a, b in zip(costs[one], costs[other], strict=True))


def memory(costs: Costs, name: str) -> float:
    """The highest peak of any run of a command."""
    return highest(costs[name])


def highest(costs: Sequence[Cost]) -> float:
    """The highest peak of any run, since sampling can only miss a peak."""
    return max(cost.memory for cost in costs)


def timings(costs: Costs) -> list[Timing]:
    """A line for each command."""
    return [timing(name, taken) for name, taken in costs.items()]


def timing(name: str, costs: Sequence[Cost]) -> Timing:
    """The medians of a command's runs; of memory the highest."""
    return Timing(name, middle(costs, wall), middle(costs, cpu), highest(costs))


def middle(costs: Sequence[Cost], of: Callable[[Cost], float]) -> float:
    """The median of runs."""
    return statistics.median(map(of, costs))


def fingerprints(folder: Path) -> dict[str, str]:
    """The content hash of each file below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def differing(one: Path, *others: Path) -> int:
    """How many files of built tables differ between folders; 1 if there are none."""
    first = fingerprints(one)
    return sum(len(first.items() ^ fingerprints(other).items()) for other in others) if first else 1
