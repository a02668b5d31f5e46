"""Who does the work: one process or several, with the same answers in the same order."""

import os
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import fields
from multiprocessing.context import BaseContext
from pathlib import Path

from builder.core.captures import CaptureFile
from builder.core.errors import UsageError, WorkerLost
from builder.core.storage import discard
from builder.core.tablefile import read_spool, write_spool
from builder.run.corpus.workers import begin, clean_context, undisturbed
from builder.tables.parts import ShardTables

Shard = tuple[CaptureFile, ...]
ShardFunction = Callable[[Sequence[CaptureFile]], ShardTables]
Parts = Generator[ShardTables, None, None]
Executor = Callable[[ShardFunction, Sequence[Shard], Path], Parts]
"""Maps a function over shards, in order; the folder is for what must lie somewhere meanwhile."""

_PARTS = tuple(field.name for field in fields(ShardTables))
_AHEAD = 2
_WORTHWHILE = 6


def serial(function: ShardFunction, shards: Sequence[Shard], _spool: Path) -> Parts:
    """Work in this process, one shard after the other."""
    yield from map(function, shards)


def processes(workers: int) -> Executor:
    """Work in so many processes; raises ``WorkerLost`` when one of them dies."""

    def run(function: ShardFunction, shards: Sequence[Shard], spool: Path) -> Parts:
        with undisturbed():
            pool = _pool(max(1, min(workers, len(shards))), clean_context(function.__module__))
        try:
            yield from _in_order(pool, function, shards, spool, workers + _AHEAD)
        except BrokenProcessPool as error:
            raise WorkerLost(
                "A worker process died before it had answered: killed, or out of memory. "
                "Nothing was changed. Try again with fewer: --workers 1"
            ) from error
        finally:
            with undisturbed():
                pool.shutdown(cancel_futures=True)

    return run


def automatic(function: ShardFunction, shards: Sequence[Shard], spool: Path) -> Parts:
    """Several processes where there is enough work to pay for starting them, else this one."""
    workers = available_cores()
    execute = processes(workers) if workers > 1 and len(shards) >= _WORTHWHILE else serial
    yield from execute(function, shards, spool)


def choose(name: str | None, workers: int | None) -> Executor:
    """The executor of that name (``serial``, ``processes``); without one, by the workers or the work."""
    if name == "serial" and workers not in {None, 1}:
        raise UsageError("The serial executor is one worker. For more: --executor processes")
    if name == "processes" or (name is None and workers is not None and workers > 1):
        return processes(workers or available_cores())
    return automatic if name is None and workers is None else serial


def available_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pool(workers: int, context: BaseContext) -> ProcessPoolExecutor:
    """A pool that starts all of its workers before it gives out any work.

    Left to itself it starts one when there is work and nobody idle. When a worker dies at that moment, the pool
    ends those that it knows of, and then waits for ever for the one that has just come.
    """
    pool = ProcessPoolExecutor(workers, context, initializer=begin)
    pool._safe_to_dynamically_spawn_children = False  # type: ignore[attr-defined] # noqa: SLF001 - as said
    return pool


def _in_order(
    pool: ProcessPoolExecutor, function: ShardFunction, shards: Sequence[Shard], spool: Path, at_most: int
) -> Parts:
    """The answers in order, with no more than so many shards given out or waiting to be taken."""
    under_way: deque[Future[Path]] = deque()
    for number, shard in enumerate(shards):
        with undisturbed():
            under_way.append(pool.submit(_spooled, function, shard, spool / str(number)))
        if len(under_way) == at_most:
            yield from _taken(under_way.popleft())
    while under_way:
        yield from _taken(under_way.popleft())


def _spooled(function: ShardFunction, shard: Shard, spool: Path) -> Path:
    """In a worker: do the work and put it where the parent can map it, which no pipe is as fast as."""
    tables = function(shard)
    for part in _PARTS:
        write_spool(spool.with_suffix(f".{part}"), getattr(tables, part))
    return spool


def _taken(answer: Future[Path]) -> Parts:
    spool = answer.result()
    files = {part: spool.with_suffix(f".{part}") for part in _PARTS}
    yield ShardTables(**{part: read_spool(file) for part, file in files.items()})
    discard(*files.values())
