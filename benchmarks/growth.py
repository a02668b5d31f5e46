"""How builds grow: time, memory and output from few captures to many, by one worker and two."""

import json
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.account import Cost
from benchmarks.commands import PROCESSES, SERIAL, build, cpu, highest, middle, scratch, wall
from benchmarks.inputs import SCRATCH, page_size_files

BY = {1: SERIAL, 2: PROCESSES}


@dataclass(frozen=True)
class Size:
    """Builds of so many captures: what they cost by number of workers, what shards took of it, bytes in and out.

    `shards` are the processor seconds of one worker on reading, parsing and writing parts; `number` is how many.
    """

    captures: int
    costs: Mapping[int, Sequence[Cost]]
    shards: float
    number: int
    raw: int
    tables: int
    kept: int

    def middle(self, workers: int, of: Callable[[Cost], float]) -> float:
        """The median of the builds by so many workers."""
        return middle(self.costs[workers], of)

    def memory(self, workers: int) -> float:
        """The highest peak of the builds by so many workers, in MB."""
        return highest(self.costs[workers])

    @property
    def row(self) -> tuple[str, ...]:
        """The size as cells of a table."""
        each = (f"{self.middle(workers, of):.1f}" for workers in BY for of in (wall, cpu))
        memory = (f"{self.memory(workers):.0f}" for workers in BY)
        sizes = (f"{size / 1e6:,.0f}" for size in (self.raw, self.tables, self.kept))
        return (f"{self.captures:,}", *each, *memory, *sizes)


HEAD = (
    "captures", "wall s, 1 worker", "CPU s", "wall s, 2 workers", "CPU s", "MB, 1 worker", "MB, 2 workers",
    "raw MB", "tables MB", "kept MB",
)  # fmt: skip


def grown(captures: int, rounds: int) -> Size:
    """Build so many captures by one worker and by two, in turns."""
    raw = page_size_files(captures)
    profile = SCRATCH / "profile.json"
    costs: dict[int, list[Cost]] = {workers: [] for workers in BY}
    shards = []
    for _ in range(rounds):
        for workers, options in BY.items():
            name = f"{captures:,} captures, {workers} worker{'s' * (workers > 1)}"
            command = replace(build("grown", raw, (*options, "--profile", str(profile))), name=name)
            costs[workers].append(command.measured())
            if workers == 1:
                shards.append(of_shards(profile))
    out = scratch("grown")
    seconds, number = statistics.median(each[0] for each in shards), shards[0][1]
    sizes = (size_of(folder) for folder in (raw, out, out.with_name(f".{out.name}.parts")))
    return Size(captures, costs, seconds, number, *sizes)


def of_shards(profile: Path) -> tuple[float, int]:
    """The processor seconds that workers spent, by a profile, and on how many shards."""
    stages = json.loads(profile.read_text(encoding="utf-8"))["stages"]
    of_workers = [each for each in stages if each["worker"] != "builder"]
    return sum(each["cpu"] for each in of_workers), sum(
        e["times"] for e in of_workers if e["stage"] == "read"
    )


def size_of(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def added(sizes: Sequence[Size], of: Callable[[Size], float]) -> float:
    """What each capture adds to a figure between the two largest sizes, where start-up and buffers count for least."""
    less, more = sorted(sizes, key=lambda size: size.captures)[-2:]
    return (of(more) - of(less)) / (more.captures - less.captures)
