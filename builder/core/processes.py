"""Processes that outlive the command that started them: which one it is, whether it still is, its end."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_STAT = "/proc/{}/stat"
_GONE = frozenset("ZX")


def born(pid: int) -> str:
    """When a process was started, as the system counts; with its number, that names it for ever.

    Empty where there is no such process (any more), or only what a parent has not yet taken note of.
    """
    try:
        stat = Path(_STAT.format(pid)).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "" if Path(_STAT.format(os.getpid())).exists() else _asked(pid)
    # The name before the last bracket may hold anything, spaces and brackets included.
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in _GONE else fields[19]


def _asked(pid: int) -> str:
    """As ``born``, where there is no /proc."""
    asked = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 - our words
    state, _, start = done.stdout.strip().partition(" ")
    return "" if state[:1] in _GONE else start.strip()


def detach(words: Sequence[str | Path], environment: Mapping[str, str], log: Path) -> int:
    """Start a process in a session of its own, all it says appended to a file of this user; its number."""
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        started = subprocess.Popen(  # noqa: S603 - the caller's words
            [str(word) for word in words],
            env=dict(environment),
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=handle,
            start_new_session=True,
            umask=0o077,
        )
    finally:
        os.close(handle)
    # It is meant to outlive us; without this, Python warns that it does.
    started.returncode = 0
    return started.pid


def end(pid: int, birth: str, patience: float = 20.0) -> None:
    """End the process that was born then, first politely; nothing happens where it has ended already."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if born(pid) != birth:
            return
        os.kill(pid, sign)
        _wait(pid, birth, patience)


def _wait(pid: int, birth: str, patience: float) -> None:
    due = time.monotonic() + patience
    while born(pid) == birth and time.monotonic() < due:
        time.sleep(0.05)


def run_quietly(words: Sequence[str], environment: Mapping[str, str], typed: str = "") -> str:
    """Run a process to its end, with lines typed to it; empty if all is well, else the last that it said."""
    done = subprocess.run(  # noqa: S603 - the caller's words
        list(words),
        env=dict(environment),
        input=typed,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        umask=0o077,
        check=False,
    )
    return (
        ""
        if done.returncode == 0
        else "\n".join(done.stdout.strip().splitlines()[-12:]) or "It said nothing."
    )
