"""Measures how builds grow, what a scheduler bears, and what follows for a cluster: `python -m benchmarks.scale`.

BENCH_SIZES (1000,10000,50000,200000) are the numbers of captures, two at least, and BENCH_ROUNDS (3) how often each is
built; BENCH_SHARDS (100000) are the tasks of the longest trial of the scheduler, BENCH_THREADS (64) the threads that
sleep; BENCH_DIR is where captures are kept between runs. A full run takes an hour or more; with smaller sizes or fewer
shards it is a quick look without a page.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import cost_model, growth, scheduler_load
from benchmarks.cost_model import Corpus, Forecast, forecast, model
from benchmarks.growth import Size, grown
from benchmarks.inputs import FULL, ROUNDS, page_size_files
from benchmarks.results import machine_facts, table
from benchmarks.scheduler_load import Load, Trial, load

HERE = Path(__file__).parent
SIZES = tuple(map(int, os.environ.get("BENCH_SIZES", "1000,10000,50000,200000").split(",")))
SHARDS_OF_A_FULL_RUN = 100_000
SHARDS = int(os.environ.get("BENCH_SHARDS", SHARDS_OF_A_FULL_RUN))
THREADS = int(os.environ.get("BENCH_THREADS", "64"))
CAPTURE = 5_000
CORPORA = (
    Corpus("a million captures", 1e6, CAPTURE),
    Corpus("a hundred million", 1e8, CAPTURE),
    Corpus("a month of Common Crawl", 2.5e9, 3_600),
)
GROWTH = """\
Generated captures of about 5 KB, nothing kept, near copies and languages left out. A figure is the median of {rounds},
of memory the highest. Raw is what was read, kept are the parts that spare the next build its work."""
COSTS = """\
Between the two largest sizes, a capture of {size:,.0f} bytes takes {shards:.0f} µs of a worker (read, parse, write its
part) and {builder:.0f} µs of the process that was called (find, survey, mark copies, write tables); {tables:,.0f} bytes
of tables and {kept:,.0f} of kept parts; and {memory:,.0f} bytes of memory. A shard has {of_a_shard:,.0f} captures."""
LOAD = """\
A real scheduler, one worker process and the builder's own team on the loopback, all on this machine, whose cores they
share; a cluster's scheduler has a machine to itself. Jobs are those of a build: each lists the captures of its shard,
a few for each thread are given out at a time, and the tree that sums names comes after them. Tasks do nothing, or
sleep for as long as a real shard takes."""
FORECAST = """\
From the costs above, by bytes. Of the scheduler it is its processor time for a task, of the builder that of the
process that was called, which takes shards in order while workers make the next ones. Neither is spread over
machines, so the workers that they keep busy are all that pay. Storage is taken to keep up, which is for the owner of
the cluster to see: {rate:.0f} MB a second are read for each worker. A month of Common Crawl is counted as 2.5 billion
pages of 3.6 KB of text, an order of magnitude and no measurement."""
BOUNDS = """\
- **The one process that writes the tables.** It takes {builder:.0f} µs for each capture against {shards:.0f} µs of a
  worker, so that no more than {workers:.1f} workers are kept busy. Tables of several files, each written by the worker
  that has the parts of some range of ids, would take it out of the way; marking copies would stay.
- **Its memory.** {memory:,.0f} bytes a capture (the list of captures, keys of copies, names) fill {of_memory:.0f} GB at
  {most:.0f} million captures. More are built source by source, or packed, so that fewer files are listed.
- **The scheduler.** {task:.1f} ms of its time for a shard carry {tasks:,.0f} shards a second, which keep {busy:,.0f}
  workers busy. Larger shards, and jobs that name a list of captures instead of holding it, move that.
- **Little files**, where they are cold or far away: each worker opens {files:,.0f} of them a second. Packed captures
  are read many at a time."""


def main() -> int:
    """Measure, print; write the page of a full run."""
    os.environ["PYTHONPATH"] = str(HERE.parent)  # a worker of the cluster starts elsewhere
    sizes = [told(captures) for captures in SIZES]
    shard = sizes[-1].shards / sizes[-1].number
    loads = [load_told(trial) for trial in trials(shard)]
    text = page(sizes, loads)
    print("\n" + text)
    if max(SIZES) < FULL or SHARDS < SHARDS_OF_A_FULL_RUN:
        print("A quick look: benchmarks/SCALE.md is as it was.")
    else:
        (HERE / "SCALE.md").write_text(text, encoding="utf-8")
    return 0


def told(captures: int) -> Size:
    """A size, once it has been said that it is measured."""
    print(f"{captures:,} captures", flush=True)
    return grown(captures, ROUNDS)


def trials(shard: float) -> Sequence[Trial]:
    """What the scheduler has to bear; a shard takes so many seconds."""
    return [
        Trial("nothing, jobs of one capture", max(SHARDS // 10, 1), 0.0, 2, real=False),
        Trial("nothing, real jobs", max(SHARDS // 10, 1), 0.0, 2, real=True),
        Trial(f"sleep {shard:.2f} s, {THREADS} threads, real jobs", SHARDS, shard, THREADS, real=True),
    ]


def load_told(trial: Trial) -> Load:
    """A trial, once it has been said what it is."""
    print(f"scheduler: {trial.name}, {trial.tasks:,} tasks", flush=True)
    return load(trial, page_size_files(max(SIZES)))


def page(sizes: Sequence[Size], loads: Sequence[Load]) -> str:
    """The page."""
    found = model(sizes, loads[-1])
    micro = {"shards": found.shards * 1e6, "builder": found.builder * 1e6}
    costs = COSTS.format(
        **micro, size=found.size, tables=found.tables, kept=found.kept, memory=found.memory,
        of_a_shard=found.of_a_shard,
    )  # fmt: skip
    forecasts = [forecast(found, corpus) for corpus in CORPORA]
    parts = [
        "# From one machine to many",
        "`python -m benchmarks.scale` made this page.",
        "## Growth",
        GROWTH.format(rounds=ROUNDS),
        table(growth.HEAD, [size.row for size in sizes]),
        costs,
        "## The scheduler",
        LOAD,
        table(scheduler_load.HEAD, [each.row for each in loads]),
        "## What a cluster would take",
        FORECAST.format(rate=found.size / found.shards / 1e6),
        table(cost_model.HEAD, [each.row for each in forecasts]),
        "## What binds, and what moves it",
        bounds(found, forecasts[-1], micro),
        "## Machine",
        "\n".join(f"- {fact}" for fact in machine_facts()),
    ]
    return "\n\n".join(parts) + "\n"


def bounds(found: cost_model.Model, last: Forecast, micro: dict[str, float]) -> str:
    """What binds, in the order in which a growing corpus meets it."""
    return BOUNDS.format(
        **micro, workers=found.shards / found.builder, memory=found.memory, of_memory=cost_model.MEMORY / 1e9,
        most=cost_model.MEMORY / found.memory / 1e6, task=1000 * found.task, tasks=1 / found.task,
        busy=last.shards / last.scheduler, files=1 / found.shards,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
