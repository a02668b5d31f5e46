"""A bar or a spinner for work that lasts, on a terminal."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from builder.cli.screen import err

_PATIENCE = 2.0
_PAUSE = 0.1
_BETWEEN_LINES = 30.0

Tell = Callable[[int, int, str], None]
"""Is told how much is done, of how much, and what to say beside it."""


@contextmanager
def progress_bar(doing: str, *, wanted: bool) -> Iterator[Tell | None]:
    """What to tell how far the work is: a bar after two seconds; where nobody watches, a line every half minute."""
    if not wanted:
        yield None
        return
    if not err().is_terminal:
        yield _lines(doing)
        return
    parts = (
        "{task.description}",
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        "{task.fields[said]}",
    )
    shown = (TextColumn(part) if isinstance(part, str) else part for part in parts)
    bar = Progress(*shown, console=err(), auto_refresh=False, transient=True)
    task = bar.add_task(doing, total=None, said="")
    due = time.monotonic() + _PATIENCE

    def tell(done: int, of: int, said: str) -> None:
        nonlocal due
        if time.monotonic() >= due:
            bar.update(task, total=max(of, 1), completed=done, said=said)
            bar.start()
            bar.refresh()
            due = time.monotonic() + _PAUSE

    try:
        yield tell
    finally:
        bar.stop()


def _lines(doing: str) -> Tell:
    """What to tell where it goes into a log: how far the work is, and how long the rest will take at that pace."""
    started = time.monotonic()
    due = started + _BETWEEN_LINES

    def tell(done: int, of: int, said: str) -> None:
        nonlocal due
        now = time.monotonic()
        if now < due:
            return
        due = now + _BETWEEN_LINES
        left = (now - started) * (of - done) / max(done, 1)
        err().print(
            f"{doing}: {100 * done // max(of, 1)} %, {said}; {left / 60:.1f} minutes left", soft_wrap=True
        )

    return tell


@contextmanager
def spinner() -> Iterator[Callable[[str], None]]:
    """What to tell what is being done now: it turns, with the time so far; a line each where nobody watches."""
    if not err().is_terminal:
        yield lambda doing: err().print(f"{doing} ...")
        return
    parts = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*parts, console=err(), transient=True) as shown:
        tasks: list[TaskID] = []

        def say(doing: str) -> None:
            if tasks:
                shown.update(tasks[-1], completed=1)
            tasks.append(shown.add_task(doing, total=1))

        yield say
