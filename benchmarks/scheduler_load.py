"""What a scheduler bears: the builder's own graph over many shards, whose tasks do nothing or sleep.

A real `dask scheduler` and `dask worker` on the loopback, as processes of their own; jobs as large as those of a real
build go through the builder's own team, a few for each thread at a time, and after them the tree that sums names.
"""

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.account import PROC, proportional_size
from benchmarks.inputs import SCRATCH
from builder.core.captures import find_captures
from builder.core.stopwatch import NONE
from builder.run.corpus.cluster import joined
from builder.run.corpus.executor import Team
from builder.run.corpus.kept import kept_beside
from builder.run.corpus.plan import DEFAULT, Shard, shards
from builder.run.corpus.work import Done, Job, Workplace
from builder.tables.parts import ShardTables

LOOPBACK = "127.0.0.1"
OF_A_SUM = 32
"""Files of names that a node of the tree sums."""
TOLD_EVERY = 10.0  # seconds
TICKS = os.sysconf("SC_CLK_TCK")
SCHEDULER = ("distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard", "--no-show")
WORKER = ("distributed.cli.dask_worker", "--no-nanny", "--no-dashboard", "--memory-limit", "0")


@dataclass(frozen=True)
class Trial:
    """How many tasks, how long each sleeps, on how many threads; with the jobs of real shards or small ones."""

    name: str
    tasks: int
    sleeps: float
    threads: int
    real: bool


@dataclass(frozen=True)
class Load:
    """What a trial took: seconds by the clock, of the scheduler and of the builder; memory of the scheduler in MB.

    `held` is its memory before the first task, `peak` the most of it; `job` is the size of one job in bytes.
    """

    trial: Trial
    wall: float
    scheduler: float
    builder: float
    held: float
    peak: float
    job: int

    @property
    def rate(self) -> float:
        """Tasks a second."""
        return self.trial.tasks / self.wall

    @property
    def row(self) -> tuple[str, ...]:
        """The load as cells of a table."""
        own = (1000 * seconds / self.trial.tasks for seconds in (self.scheduler, self.builder))
        cells = (f"{self.trial.tasks:,}", f"{self.job / 1000:,.0f}", f"{self.rate:,.0f}")
        return (
            self.trial.name,
            *cells,
            *(f"{each:.2f}" for each in own),
            f"{self.held:.0f}",
            f"{self.peak:.0f}",
        )


HEAD = (
    "tasks",
    "number",
    "kB a job",
    "a second",
    "scheduler, CPU ms",
    "builder, CPU ms",
    "MB before",
    "MB at most",
)


class Repeated(Sequence[Job]):
    """A shard as the job of as many shards as there are to be; each is sent as a job of its own."""

    def __init__(self, shard: Shard, times: int) -> None:
        self.shard = shard
        self._times = times

    def __len__(self) -> int:
        return self._times

    def __getitem__(self, number: int) -> Job:  # type: ignore[override] # nobody takes slices
        if number >= self._times:
            raise IndexError(number)
        return Job(self.shard, f"{number:064x}")


def load(trial: Trial, raw: Path) -> Load:
    """What this trial takes, with shards as they are made of these captures."""
    shard = next(shards(find_captures(raw).captures, DEFAULT))
    jobs = Repeated(shard if trial.real else shard[:1], trial.tasks)
    SCRATCH.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(dir=SCRATCH) as folder,
        cluster(Path(folder), trial.threads) as (address, scheduler),
    ):
        place = Workplace(no_tables, "", raw, kept_beside(Path(folder) / "tables", 0))
        place.kept.prepare(fresh=False)
        with joined(address)(place, trial.tasks) as team:
            held = proportional_size(scheduler) / 1024
            watch = Watch(scheduler, trial.tasks)
            started, of_scheduler, of_builder = time.monotonic(), seconds_of(scheduler), time.process_time()
            run(team, partial(idle, place, trial.sleeps), jobs, watch.told)
            wall = time.monotonic() - started
            spent = seconds_of(scheduler) - of_scheduler, time.process_time() - of_builder
            return Load(trial, wall, *spent, held, watch.peak, len(pickle.dumps(jobs[0])))


def run(team: Team, task: Callable[[Job], Done], jobs: Sequence[Job], tell: Callable[[], None]) -> None:
    """All shards, then the tree of sums, as a build has them done."""
    files = []
    for done in team(task, jobs):
        files.append(Path(f"{done.key}.sums"))
        tell()
    while len(files) > OF_A_SUM:
        groups = [files[start : start + OF_A_SUM] for start in range(0, len(files), OF_A_SUM)]
        files = list(team(no_sum, groups))


def no_tables(_inputs: Sequence[object]) -> ShardTables:
    """Nothing; it only has to be there, as the function of a build."""
    raise AssertionError("no shard of a trial is read")


def idle(_place: Workplace, seconds: float, job: Job) -> Done:
    """Sleep in place of making tables."""
    if seconds:
        time.sleep(seconds)
    return Done(job.listing, parsed=True, worker="", spent=NONE)


def no_sum(files: Sequence[Path]) -> Path:
    """The first file, in place of a sum."""
    return files[0]


class Watch:
    """The most memory of a process, looked at now and then; says how far a trial is."""

    def __init__(self, process: int, tasks: int) -> None:
        self.peak = 0.0
        self._process = process
        self._tasks = tasks
        self._done = 0
        self._said = self._looked = self._started = time.monotonic()

    def told(self) -> None:
        """One more task is done."""
        self._done += 1
        now = time.monotonic()
        if now - self._looked > 0.5 or self._done == self._tasks:
            self.peak = max(self.peak, proportional_size(self._process) / 1024)
            self._looked = now
        if now - self._said > TOLD_EVERY:
            rate = self._done / (now - self._started)
            print(
                f"  {self._done:,} of {self._tasks:,} tasks, {rate:,.0f} a second, {self.peak:.0f} MB",
                flush=True,
            )
            self._said = now


@contextmanager
def cluster(folder: Path, threads: int) -> Iterator[tuple[str, int]]:
    """A scheduler and one worker of so many threads: the scheduler's address and its process."""
    said = folder / "scheduler.json"
    scheduler = started(folder, *SCHEDULER, "--scheduler-file", said)
    try:
        worker = started(folder, *WORKER, "--nthreads", str(threads), "--scheduler-file", said)
        try:
            wait_for(said)
            yield str(json.loads(said.read_text(encoding="utf-8"))["address"]), scheduler.pid
        finally:
            ended(worker)
    finally:
        ended(scheduler)


def started(folder: Path, module: str, *words: str | Path) -> "subprocess.Popen[bytes]":
    """A process of the cluster."""
    command = [sys.executable, "-m", module, *words, "--host", LOOPBACK]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def ended(process: "subprocess.Popen[bytes]") -> None:
    """End a process of the cluster."""
    process.terminate()
    process.wait()


def wait_for(file: Path) -> None:
    """Wait until a file is there and whole."""
    end = time.monotonic() + 60
    while not (file.exists() and file.read_bytes().rstrip().endswith(b"}")):
        if time.monotonic() > end:
            raise SystemExit(f"{file.name} did not come: no scheduler has started")
        time.sleep(0.1)


def seconds_of(process: int) -> float:
    """The processor seconds of a process so far."""
    fields = (PROC / str(process) / "stat").read_bytes().rpartition(b")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
