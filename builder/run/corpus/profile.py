"""Where the time of a build went: by process and stage, in seconds by the clock and of the processor."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from builder.core.stopwatch import Spent, together
from builder.core.storage import replace_json
from builder.run.corpus.report import BuildReport


class Row(NamedTuple):
    """One stage in one process; ``builder`` is the process that was called."""

    worker: str
    stage: str
    times: int
    wall: float
    cpu: float


def rows(report: BuildReport) -> Iterator[Row]:
    """All stages of all processes, in the order in which they came."""
    for worker, times in report.spent.items():
        for name, spent in times.items():
            yield _row(worker, name, spent)


def sums(report: BuildReport) -> Iterator[Row]:
    """The stages of the process that was called, then those of the shards, summed over all workers."""
    called = report.spent.get("builder", {})
    shards = together(*(times for worker, times in report.spent.items() if worker != "builder"))
    workers = f"workers: {len(report.spent) - 1}"
    for worker, times in (("builder", called), (workers, shards)):
        for name, spent in times.items():
            yield _row(worker, name, spent)


def write_profile(report: BuildReport, file: Path) -> None:
    """Write the profile as JSON."""
    replace_json(file, as_json(report))


def as_json(report: BuildReport) -> dict[str, Any]:
    """The profile as values that ``json.dumps`` takes: seconds in all, and what each process spent on each stage."""
    return {
        "seconds": round(report.seconds, 4),
        "captures": report.captures,
        "bytes": report.bytes,
        "stages": [row._asdict() for row in rows(report)],
    }


def _row(worker: str, stage: str, spent: Spent) -> Row:
    return Row(worker, stage, spent.times, round(spent.wall, 4), round(spent.cpu, 4))
