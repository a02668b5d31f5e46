"""What a command costs on Linux: wall clock, processor time of its whole process tree, peak memory."""

import ctypes
import os
import resource
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

BECOME_SUBREAPER = 36
BETWEEN_SAMPLES = 0.05
WAIT_FOR_ORPHANS = 15.0
PROC = Path("/proc")


@dataclass(frozen=True)
class Cost:
    """Wall clock and processor time in seconds, peak memory in MB, processes at the peak."""

    wall: float
    cpu: float
    memory: float
    processes: int


class CommandFailedError(Exception):
    """A command that was to be measured ended with an error."""


def cost_of(command: Sequence[str | Path], folder: Path | None = None) -> Cost:
    """Run a command in a folder to its end and account for it and all its descendants, orphans included.

    Raises `CommandFailedError` with the command's own words when it does not exit with 0.
    """
    ctypes.CDLL(None).prctl(BECOME_SUBREAPER, 1, 0, 0, 0)
    before, started = spent_by_children(), time.monotonic()
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        watch = Watch()
        _, complaint = process.communicate()
        wall = time.monotonic() - started
        await_orphans()
        watch.stop()
    if process.returncode:
        raise CommandFailedError(
            f"{' '.join(map(str, command))}: exit {process.returncode}\n{complaint[-2000:]}"
        )
    return Cost(wall, spent_by_children() - before, watch.memory / 1024, watch.processes)


class Watch:
    """A thread that samples the memory of all descendants of this process."""

    def __init__(self) -> None:
        self.memory = 0
        self.processes = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the sampling."""
        self._stopped.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._stopped.wait(BETWEEN_SAMPLES):
            sizes = [size for size in map(proportional_size, descendants(os.getpid())) if size]
            if sum(sizes) > self.memory:
                self.memory, self.processes = sum(sizes), len(sizes)


def spent_by_children() -> float:
    """The processor seconds of all children that have ended, in user and in system mode."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def await_orphans() -> None:
    """Wait a while for processes whose parents ended before them, so that their time is counted."""
    end = time.monotonic() + WAIT_FOR_ORPHANS
    with suppress(ChildProcessError):
        while time.monotonic() < end:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(BETWEEN_SAMPLES)


def descendants(root: int) -> Iterator[int]:
    """The ids of all processes below `root`."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for process in filter(str.isdigit, (path.name for path in PROC.iterdir())):
        with suppress(OSError):
            after_name = (PROC / process / "stat").read_bytes().rpartition(b")")[2]
            children[int(after_name.split()[1])].append(int(process))
    waiting = list(children[root])
    while waiting:
        each = waiting.pop()
        waiting.extend(children[each])
        yield each


def proportional_size(process: int) -> int:
    """The memory of a process in KB, shared pages divided among their users; 0 if it has ended."""
    with suppress(OSError):
        for line in (PROC / str(process) / "smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
