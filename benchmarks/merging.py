"""Measures `builder merge` against a plain script and the SDK's converter: `python -m benchmarks.merging`.

BENCH_ITEMS (100000) is the number of tasks, each with three annotations; with fewer it is a quick look without gates
or a results page.
"""

import json
import os
import shutil
import statistics
import sys
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from benchmarks.account import Cost, cost_of
from benchmarks.exported import BUILDER, FULL, OF_A_TASK, TASKS, Made, made
from benchmarks.naive_merge import VALIDATED
from benchmarks.results import Figure, Timing, concluded, machine_facts, table

HERE = Path(__file__).parent
ROUNDS = 3
MOST_OF_SCRIPT, MOST_OF_CONVERTER = 0.15, 0.30
MERGE, ARCHIVE = "builder merge", "export to archive, as `builder pull` makes it"
SCRIPT, CONVERTER = "json.load, jsonschema, loop of dicts", "the SDK's converter to CSV"
EXPLANATION = """\
One project of {tasks:,} tasks about comments, each with {each} annotations: a choice, and up to three marked stretches.
The server's export of it is one JSON file of {size:,.0f} MB. `builder merge` begins with the archive, which is that
export line by line, nothing left out; a pull makes it once, and adds to it from then on what is new. What that takes
from the same file, without the server, is told beside it, and so are the ratios of both together.

Seconds are processor time of whole processes with their start-up; a figure is the median of {rounds} rounds of one
run. The script (`naive_merge.py`) validates {validated:,} tasks, and that time is scaled up to all of them. It knows
of no versions, drafts, deletions or pseudonyms, proves no text and checks no offset; nor does the converter."""


@dataclass
class Runs:
    """What the runs of one side took; ``scaled`` are the processor seconds with those of validation scaled up."""

    costs: list[Cost] = field(default_factory=list)
    scaled: list[float] = field(default_factory=list)

    def add(self, cost: Cost, more: float = 0.0) -> None:
        """Take in a run, and the seconds by which it would have taken longer."""
        self.costs.append(cost)
        self.scaled.append(cost.cpu + more)

    def timing(self, what: str) -> Timing:
        """The medians."""
        wall, memory = (
            statistics.median(getattr(one, name) for one in self.costs) for name in ("wall", "memory")
        )
        more = statistics.median(self.scaled) - statistics.median(one.cpu for one in self.costs)
        return Timing(what, wall + more, statistics.median(self.scaled), memory)


def main() -> int:
    """Make the export, measure, print; write the results of a full run."""
    inputs = made()
    runs = {what: Runs() for what in (MERGE, ARCHIVE, SCRIPT, CONVERTER)}
    for number in range(ROUNDS):
        for what in runs if number % 2 == 0 else reversed(runs):
            measure(what, inputs, runs[what])
            print(f"{what}: {runs[what].scaled[-1]:.1f} CPU s", flush=True)
    return verdict(runs, inputs)


def measure(what: str, inputs: Made, runs: Runs) -> None:
    """Run one side once."""
    out = inputs.export.with_name("out")
    shutil.rmtree(out, ignore_errors=True)
    if what == MERGE:
        os.chdir(inputs.settings.root)
        runs.add(cost_of([BUILDER, "merge", "--json"]))
        os.chdir(HERE.parent)
    elif what == ARCHIVE:
        runs.add(cost_of([sys.executable, "-m", "benchmarks.exported", inputs.export, out]))
    elif what == CONVERTER:
        runs.add(cost_of([sys.executable, "-m", "benchmarks.converter_side", inputs.export, out]))
    else:
        cost = cost_of([sys.executable, HERE / "naive_merge.py", inputs.export, out])
        took = json.loads((out / "seconds.json").read_text(encoding="utf-8"))["validate"]
        runs.add(cost, took * max(0, TASKS / VALIDATED - 1))


def verdict(runs: dict[str, Runs], inputs: Made) -> int:
    """Print the page; the exit code; a full run's page replaces the last one."""
    merge, archive, script, converter = (runs[what].scaled for what in (MERGE, ARCHIVE, SCRIPT, CONVERTER))
    both = [one + other for one, other in zip(merge, archive, strict=True)]
    figures = [
        Figure("merge by the script", ratio(merge, script), MOST_OF_SCRIPT),
        Figure("merge by the converter", ratio(merge, converter), MOST_OF_CONVERTER),
        Figure("archive and merge by the script", ratio(both, script)),
        Figure("archive and merge by the converter", ratio(both, converter)),
    ]
    size = inputs.export.stat().st_size / 1e6
    said = EXPLANATION.format(tasks=TASKS, each=OF_A_TASK, size=size, rounds=ROUNDS, validated=VALIDATED)
    versions = f"jsonschema {version('jsonschema')}, label-studio-sdk {version('label-studio-sdk')}"
    parts = [
        "# Results of `make bench`: a Label Studio export to validated tables",
        said,
        table(("figure", "value", "gate", ""), [each.row for each in figures]),
        table(("what", "wall s", "CPU s", "peak MB"), [one.timing(what).row for what, one in runs.items()]),
        "## Machine",
        "\n".join(f"- {fact}" for fact in (*machine_facts(), versions)),
    ]
    text = "\n\n".join(parts) + "\n"
    quick_look = f"{TASKS} tasks" if TASKS < FULL else ""
    return concluded(HERE / "MERGING.md", text, figures, quick_look)


def ratio(ours: list[float], theirs: list[float]) -> float:
    """The median over rounds of ours by theirs."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


if __name__ == "__main__":
    sys.exit(main())
