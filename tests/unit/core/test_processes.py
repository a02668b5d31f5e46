"""Processes by number and birth: told apart, started apart, ended alone."""

import os
import subprocess
import sys
import time
from pathlib import Path

from builder.core.processes import born, detach, end, run_quietly

WAIT = "import sys, time; print('started', flush=True); time.sleep(600)"
DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"


def started(code: str, log: Path) -> int:
    """A process that has said something."""
    pid = detach([sys.executable, "-c", code], dict(os.environ), log)
    while not log.exists() or not log.read_bytes():
        time.sleep(0.02)
    return pid


def test_a_process_has_one_birth(tmp_path: Path) -> None:
    """A living process keeps its birth, others have none in common with it, and a dead one has none."""
    pid = started(WAIT, tmp_path / "log")
    birth = born(pid)
    assert birth
    assert birth == born(pid)
    end(pid, birth)
    assert born(pid) == ""


def test_a_process_of_its_own(tmp_path: Path) -> None:
    """A detached process is in a session of its own, and what it says goes into a file of this user."""
    pid = started(WAIT, tmp_path / "log")
    try:
        assert os.getsid(pid) == pid
        assert (tmp_path / "log").read_text(encoding="utf-8") == "started\n"
        assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600
    finally:
        end(pid, born(pid))


def test_a_process_that_will_not_end(tmp_path: Path) -> None:
    """A process that does not listen is ended all the same."""
    pid = started(DEAF, tmp_path / "log")
    birth = born(pid)
    end(pid, birth, patience=0.5)
    assert born(pid) == ""


def test_somebody_elses_process_is_left_alone() -> None:
    """A number that went to another process ends nothing."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        end(other.pid, "another birth")
        assert other.poll() is None
        other.communicate(b"\n")


def test_a_quiet_run() -> None:
    """A run that goes well says nothing; one that fails leaves its last words."""
    assert run_quietly([sys.executable, "-c", "print(input())"], dict(os.environ), typed="hello\n") == ""
    said = run_quietly([sys.executable, "-c", "print('why'); raise SystemExit(3)"], dict(os.environ))
    assert said == "why"
    assert run_quietly([sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))
