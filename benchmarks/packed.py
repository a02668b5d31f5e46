"""Measures packed captures against loose ones, and the memory that builds take: `make bench`.

BENCH_FILES (200000) is the number of captures, which a worker with 1 GB of memory builds; with fewer it is a quick look
without gates or a results page.
"""

import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks.account import Cost, cost_of
from benchmarks.commands import BUILDER, clear, highest, timing
from benchmarks.inputs import FILES, FULL, SCRATCH, page_size_files, single_capture
from benchmarks.results import Figure, concluded, machine_facts, table
from builder.core.capturefile import LARGEST

HERE = Path(__file__).parent
OUT = SCRATCH / "out" / "packed"
ROUNDS = 3
GIGABYTE = 1_000_000_000
WORKER = GIGABYTE / 2**20
"""The memory of a worker in the unit of the costs."""
FORMATS = ("parquet", "jsonl.zst", "tar")
LOOSE, LARGE, SMALLER, REFUSED = "loose", "one of the largest", "one of half of it", "one of 1 GB, refused"
EXPLANATION = """\
{files:,} generated captures of about 5 KB, loose and packed by `builder pack`, built with nothing kept by one process.
Reading is of all captures with their side files, hashed, from a warm page cache. Memory is that of the process tree, in
MiB, sampled; the largest capture that is taken unless the dataset says otherwise has {largest:,} bytes. A figure is the
median of {rounds} rounds, of memory the highest."""


def main() -> int:
    """Make what is missing of the corpus, measure, print; write the results of a full run."""
    raw = {LOOSE: page_size_files(FILES)}
    gains = {kind: packed(raw[LOOSE], kind) for kind in FORMATS}
    raw |= {kind: SCRATCH / f"packed-{FILES}-{kind}" for kind in FORMATS}
    costs: dict[str, list[Cost]] = {}
    for number in range(ROUNDS):
        for name, folder in raw.items():
            costs.setdefault(name, []).append(build(name, folder))
            print(f"round {number + 1} of {ROUNDS}: {name}: {costs[name][-1].cpu:.2f} s CPU", flush=True)
    costs[LARGE] = [build("large", single_capture(LARGEST - LARGEST // 100))]
    costs[SMALLER] = [build("large", single_capture(LARGEST // 2))]
    costs[REFUSED] = [build("large", huge(), 1)]
    found = figures(costs)
    text = page(found, gains, costs)
    return verdict(found, text)


def packed(raw: Path, kind: str) -> dict[str, Any]:
    """Pack the captures; what the command tells of it."""
    out = SCRATCH / f"packed-{FILES}-{kind}"
    shutil.rmtree(out, ignore_errors=True)
    words = (BUILDER, "pack", raw, out, "--format", kind, "--json")
    told: dict[str, Any] = json.loads(subprocess.run(words, check=True, capture_output=True).stdout)
    return told


def build(name: str, raw: Path, code: int = 0) -> Cost:
    """What a build by one process costs that ends with that exit code."""
    out = OUT / name.replace(".", "-")
    clear(out)
    ends = ("sh", "-c", f'"$@"; test $? = {code}', "sh")
    return cost_of((*ends, BUILDER, "build", "--raw", raw, "--out", out, "--executor", "serial"))


def huge() -> Path:
    """A capture of 1 GB, all of it a hole in the file."""
    path = SCRATCH / "capture-huge" / "one.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(GIGABYTE)
    return path


def figures(costs: dict[str, list[Cost]]) -> list[Figure]:
    """Ratios of packed to loose, memory against that of a worker, and the rows that packing changed."""
    each = [
        Figure(f"CPU of a build, {kind} / loose", ratio(costs[kind], costs[LOOSE]), 2.0) for kind in FORMATS
    ]
    needs = [Figure(f"peak memory, {name}", highest(costs[name]), WORKER) for name in costs]
    growth = highest(costs[LARGE]) - highest(costs[SMALLER])
    per_byte = growth * 2**20 / (LARGEST - LARGEST // 100 - LARGEST // 2)
    changed = sum(differing(OUT / LOOSE, OUT / kind.replace(".", "-")) for kind in FORMATS)
    return [
        *each,
        *needs,
        Figure("bytes of memory that one more byte of a capture takes", per_byte, 17.0),
        Figure("tables with other rows, packed or loose", changed, 0),
    ]


def ratio(ours: list[Cost], theirs: list[Cost]) -> float:
    """The median over the rounds of the processor time of one by that of the other."""
    return statistics.median(a.cpu / b.cpu for a, b in zip(ours, theirs, strict=True))


def differing(one: Path, other: Path) -> int:
    """How many tables have other rows, but for the column that says where a capture lies."""
    count = 0
    for file in sorted(one.glob("*.parquet")):
        columns = [name for name in pq.read_schema(file).names if name != "capture"]
        count += not pq.read_table(file, columns).equals(pq.read_table(other / file.name, columns))
    return count


def page(found: list[Figure], gains: dict[str, dict[str, Any]], costs: dict[str, list[Cost]]) -> str:
    """The results as Markdown."""
    parts = [
        "# Packed captures, and memory",
        EXPLANATION.format(files=FILES, largest=LARGEST, rounds=ROUNDS),
        table(("figure", "value", "gate", ""), [figure.row for figure in found]),
        "## What packing gains",
        table(("", "files", "MB", "seconds to read all"), [*rows(gains)]),
        "## Seconds and megabytes behind them",
        table(
            ("build", "wall s", "CPU s", "peak MiB"), [timing(name, each).row for name, each in costs.items()]
        ),
        "## Machine",
        "\n".join(f"- {fact}" for fact in machine_facts()),
    ]
    return "\n\n".join(parts) + "\n"


def rows(gains: dict[str, dict[str, Any]]) -> list[tuple[str, ...]]:
    """Files, bytes and seconds of each kind."""
    heaps = {LOOSE: gains[FORMATS[-1]]["before"], **{kind: told["after"] for kind, told in gains.items()}}
    return [
        (name, f"{heap['files']:,}", f"{heap['bytes'] / 1e6:.1f}", f"{heap['seconds']:.2f}")
        for name, heap in heaps.items()
    ]


def verdict(found: list[Figure], text: str) -> int:
    """The exit code; a full run's page replaces the last one."""
    quick_look = f"{FILES} captures" if FILES < FULL else ""
    return concluded(HERE / "PACKED.md", text, found, quick_look)


if __name__ == "__main__":
    sys.exit(main())
