"""Who does the work: one process, several, or a cluster, with the same answers in the same order."""

import os
from abc import abstractmethod
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING, Protocol, TypeVar

from builder.core.errors import UsageError, WorkerLost
from builder.run.corpus.workers import begin, clean_context, undisturbed

if TYPE_CHECKING:
    from builder.run.corpus.work import Workplace

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Team(Protocol):
    """Maps a function over items; the answers come in the order of the items."""

    @abstractmethod
    def __call__(self, function: Callable[[Item], Answer], items: Sequence[Item]) -> Iterator[Answer]:
        """The answers."""


Executor = Callable[["Workplace", int], AbstractContextManager[Team]]
"""Brings together a team for so many shards of a build, and sends it home."""

_AHEAD = 2
_WORTHWHILE = 6


@contextmanager
def serial(_place: "Workplace", _shards: int) -> Iterator[Team]:
    """Work in this process, one shard after the other."""
    yield _here


def processes(workers: int) -> Executor:
    """Work in so many processes; raises ``WorkerLost`` when one of them dies."""

    @contextmanager
    def gathered(place: "Workplace", shards: int) -> Iterator[Team]:
        with undisturbed():
            pool = _pool(max(1, min(workers, shards)), clean_context(place.function.__module__))
        try:
            yield partial(_in_order, pool, workers + _AHEAD)
        except BrokenProcessPool as error:
            raise WorkerLost(
                "A worker process died before it had answered: killed, or out of memory. "
                "The tables are as they were, and what was finished is kept: run it again, "
                "with fewer if need be: --workers 1"
            ) from error
        finally:
            with undisturbed():
                pool.shutdown(cancel_futures=True)

    return gathered


def automatic(place: "Workplace", shards: int) -> AbstractContextManager[Team]:
    """Several processes where there is enough work to pay for starting them, else this one."""
    workers = available_cores()
    execute = processes(workers) if workers > 1 and shards >= _WORTHWHILE else serial
    return execute(place, shards)


def choose(name: str | None, workers: int | None, scheduler: str | None = None) -> Executor:
    """The executor of that name (``serial``, ``processes``, ``dask``); without one, by what else is said.

    ``scheduler`` is the address of a Dask scheduler to join. Raises ``UsageError`` for what does not go together,
    and where Dask is asked for and not installed.
    """
    if scheduler is not None and (name not in {None, "dask"} or workers is not None):
        raise UsageError(
            "A scheduler has its own workers: --executor dask --scheduler ADDRESS, and no --workers"
        )
    if name == "serial" and workers not in {None, 1}:
        raise UsageError("The serial executor is one worker. For more: --executor processes")
    if name == "dask" or scheduler is not None:
        return _dask(workers, scheduler)
    if name == "processes" or (name is None and workers is not None and workers > 1):
        return processes(workers or available_cores())
    return automatic if name is None and workers is None else serial


def available_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _here(function: Callable[[Item], Answer], items: Sequence[Item]) -> Iterator[Answer]:
    yield from map(function, items)


def _dask(workers: int | None, scheduler: str | None) -> Executor:
    try:
        from builder.run.corpus.cluster import joined, local  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError as error:
        raise UsageError(
            f"The executor dask needs what is not installed: {error.name}. pip install 'newsthreads[dask]'"
        ) from error
    return joined(scheduler) if scheduler is not None else local(workers or available_cores())


def _pool(workers: int, context: BaseContext) -> ProcessPoolExecutor:
    """A pool that starts all of its workers before it gives out any work.

    Left to itself it starts one when there is work and nobody idle. When a worker dies at that moment, the pool
    ends those that it knows of, and then waits for ever for the one that has just come.
    """
    pool = ProcessPoolExecutor(workers, context, initializer=begin)
    pool._safe_to_dynamically_spawn_children = False  # type: ignore[attr-defined] # noqa: SLF001 - as said
    return pool


def _in_order(
    pool: ProcessPoolExecutor, at_most: int, function: Callable[[Item], Answer], items: Sequence[Item]
) -> Iterator[Answer]:
    """The answers in order, with no more than so many items given out or waiting to be taken."""
    under_way: deque[Future[Answer]] = deque()
    for item in items:
        with undisturbed():
            under_way.append(pool.submit(function, item))
        if len(under_way) == at_most:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()
