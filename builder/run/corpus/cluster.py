"""A Dask cluster as a team, started here or joined: the only file that names Dask."""

import asyncio
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from distributed import Client, Future, KilledWorker, LocalCluster, Security
from distributed.comm.core import CommClosedError, connect

from builder.core.errors import UsageError, WorkerLost
from builder.core.lean import leave_pandas_out
from builder.core.places import Place
from builder.core.storage import discard, read_text, replace
from builder.run.corpus.executor import Executor, Team
from builder.run.corpus.recipe import code_sha256
from builder.run.corpus.work import Workplace, worker_name
from builder.run.corpus.workers import deaf, undisturbed

Item = TypeVar("Item")
Answer = TypeVar("Answer")

PATIENCE = 60.0
"""Seconds that a build waits for a worker to come where there is none."""
_TO_ANSWER = 10.0  # seconds for a scheduler
_LOOK_UP = 5.0  # seconds between looks at who is there
_NO_ANSWER = (OSError, ValueError, TypeError, ImportError)
"""What Dask raises where nobody is, where the address is none, or where both do not fit together."""
_LOOPBACK = "127.0.0.1"
_KEPT = "The tables are as they were, and what was finished is kept: run it again."


def local(workers: int) -> Executor:
    """A cluster of this machine, with so many worker processes of one thread each."""

    @contextmanager
    def gathered(place: Workplace, shards: int) -> Iterator[Team]:
        _quiet()
        with undisturbed(), deaf():
            cluster = LocalCluster(
                n_workers=max(1, min(workers, shards)),
                threads_per_worker=1,
                host=_LOOPBACK,
                memory_limit=0,
                dashboard_address=None,
                scheduler_kwargs={"dashboard": False, "dashboard_address": f"{_LOOPBACK}:0"},
                silence_logs=logging.CRITICAL,
            )
        with cluster, _client(cluster) as client:
            client.run(leave_pandas_out)
            yield from _team(client, place)

    return gathered


def joined(scheduler: str) -> Executor:
    """The cluster whose scheduler is at that address; ``UsageError`` where none answers."""

    @contextmanager
    def gathered(place: Workplace, _shards: int) -> Iterator[Team]:
        _quiet()
        _refuse_silence(scheduler)
        with _client(scheduler) as client:
            yield from _team(client, place)

    return gathered


@dataclass(frozen=True, slots=True)
class Sight:
    """What every worker must see as this process does: the raw captures, a file with a word in it, the code."""

    raw: Place
    sign: Path
    word: str
    code: str


@cache
def refuse_stranger(sight: Sight) -> None:
    """In a worker: raises ``UsageError`` where this machine sees other files than the builder, or has other code."""
    here = f"The worker {worker_name()}"
    if not sight.raw.exists():
        raise UsageError(f"{here} does not see {sight.raw}. {_SHARE.format('raw captures')}")
    if read_text(sight.sign) != sight.word:
        raise UsageError(
            f"{here} does not see {sight.sign.parent}. {_SHARE.format('tables (or scratch, if they are at a URL)')}"
        )
    if code_sha256() != sight.code:
        raise UsageError(
            f"{here} has another version of the builder or of its libraries. Install the same on all machines: "
            "the requirements.txt of the repository, then the builder."
        )


_SHARE = "Put the {} where all machines of the cluster find them under the same path."


def _task(sight: Sight, function: Callable[[Item], Answer], item: Item) -> Answer:
    refuse_stranger(sight)
    return function(item)


def _refuse_silence(scheduler: str) -> None:
    """Raise ``UsageError`` where no scheduler answers; for one that listens and says nothing Dask waits for ever."""

    async def greet() -> None:
        how = Security().get_connection_args("client")
        await (await connect(scheduler, timeout=_TO_ANSWER, **how)).close()

    try:
        asyncio.run(asyncio.wait_for(greet(), _TO_ANSWER + 1))
    except _NO_ANSWER as error:
        raise _no_scheduler(scheduler, error) from error


def _no_scheduler(scheduler: object, error: Exception) -> UsageError:
    said = str(error).rstrip(".") or "what listens there does not speak as one does"
    return UsageError(
        f"No Dask scheduler answers at {scheduler}: {said}. Start one with `dask scheduler`, and name "
        "the address that it prints: --scheduler tcp://localhost:8786"
    )


@contextmanager
def _client(scheduler: str | LocalCluster) -> Iterator[Client]:
    try:
        client = Client(scheduler, timeout=_TO_ANSWER, set_as_default=False)
    except _NO_ANSWER as error:
        raise _no_scheduler(scheduler, error) from error
    try:
        yield client
    finally:
        client.close(timeout=_LOOK_UP)


def _team(client: Client, place: Workplace) -> Iterator[Team]:
    """The team for the time of a build; the errors of a cluster that breaks are told as what they are."""
    word = secrets.token_hex(16)
    sign = place.kept.folder / f"{word}.sign"
    replace(sign, word.encode())
    sight = Sight(place.raw, sign, word, code_sha256())
    try:
        yield partial(_in_order, client, sight)
    except KilledWorker as error:
        raise WorkerLost(f"Workers of the cluster died again and again, out of memory? {_KEPT}") from error
    except (CancelledError, CommClosedError) as error:
        raise WorkerLost(f"The scheduler of the cluster is gone. {_KEPT}") from error
    except ModuleNotFoundError as error:
        raise UsageError(
            f"A worker of the cluster has no {error.name}. Install the builder there, the same version as here."
        ) from error
    finally:
        discard(sign)


def _in_order(
    client: Client, sight: Sight, function: Callable[[Item], Answer], items: Sequence[Item]
) -> Iterator[Answer]:
    """The answers in order, with no more than a few items for each thread of the cluster given out at a time."""
    under_way: deque[Future[Any]] = deque()
    task = partial(_task, sight, function)
    at_most = due = 0.0
    for item in items:
        if time.monotonic() >= due:
            at_most, due = 2 * sum(client.nthreads().values()) + 2, time.monotonic() + _LOOK_UP
        under_way.append(client.submit(task, item, pure=False))
        while len(under_way) >= at_most:
            yield _taken(client, under_way.popleft())
    while under_way:
        yield _taken(client, under_way.popleft())


def _taken(client: Client, future: "Future[Any]") -> Any:  # noqa: ANN401 - whatever the function answers
    """An answer, for which one waits as long as there is anybody who may give it."""
    alone_since = time.monotonic()
    while True:
        try:
            return future.result(timeout=_LOOK_UP)
        except TimeoutError:
            if future.done():
                raise
        if client.nthreads():
            alone_since = time.monotonic()
        elif time.monotonic() - alone_since > PATIENCE:
            raise WorkerLost(f"The cluster has had no worker for {PATIENCE:.0f} seconds. {_KEPT}")


def _quiet() -> None:
    """What a cluster logs of its comings and goings is nothing that a person must act upon."""
    for name in ("distributed", "distributed.client", "distributed.scheduler", "distributed.nanny"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
