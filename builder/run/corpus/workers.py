"""How worker processes are born, so that they die with their parent and leave Ctrl-C to it."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext

from builder.core.lean import leave_pandas_out
from builder.core.memory import let_arrow_give_back


def clean_context(module: str) -> BaseContext:
    """Workers start from a clean process that has imported ``module``; a fork may inherit locks."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    loaded = [name for name in sys.modules if name.partition(".")[0] == __name__.partition(".")[0]]
    context.set_forkserver_preload([module, *loaded])
    with deaf():
        forkserver.ensure_running()
    return context


@contextmanager
def deaf() -> Iterator[None]:
    """What is started inside, threads and processes, never hears of Ctrl-C, nor does what they start."""
    if sys.platform == "win32":
        yield
        return
    # A signal that is held back here is held back there. The tracker comes first, for starting it lets the
    # signal through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin() -> None:
    """In a worker: leave Ctrl-C to the parent, do not outlive it, and build and nothing else."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_pandas_out()
    let_arrow_give_back()
    threading.Thread(target=_end_with_parent, daemon=True).start()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back while processes are started: a half-started one nobody would end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
