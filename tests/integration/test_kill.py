"""A builder that is killed leaves the old tables or the new ones, and the next build sweeps the rest."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.command import built, call, captures, contents, run, thread

# Kills the process right before or right after it has called a function of the staging.
DIE = """
import os, builder.core.staging as staging
def dying(name, after):
    called = getattr(staging, name)
    def call(*words):
        if after:
            called(*words)
        os.kill(os.getpid(), 9)
    setattr(staging, name, call)
dying({name!r}, {after})
"""
DIE_BETWEEN_RENAMES = """
import os, pathlib, builder.core.staging as staging
staging.exchange = lambda one, other: False
rename = pathlib.Path.rename
def dying(path, target):
    rename(path, target)
    os.kill(os.getpid(), 9)
pathlib.Path.rename = dying
"""


FAIL_LATE = """
import builder.run.corpus.renewal as renewal
def fail(*words): raise ZeroDivisionError
renewal.write_record = fail
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with tables, captures that have changed since, and the tables that are wanted of them."""
    folder = tmp_path_factory.mktemp("prepared")
    captures(folder / "data/raw", 30)
    assert built(cwd=folder)["code"] == 0
    captures(folder / "data/raw", 60)
    assert built("--out", "data/wanted", cwd=folder)["code"] == 0
    return folder


@pytest.fixture
def dataset(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the prepared dataset."""
    return Path(shutil.copytree(prepared, tmp_path / "dataset"))


def check_no_mix(dataset: Path, prepared: Path) -> None:
    """The tables are the old or the new."""
    found = contents(dataset / "data/tables")
    assert found in (contents(prepared / "data/tables"), contents(prepared / "data/wanted"))


def check_next_build(dataset: Path, prepared: Path) -> None:
    """After one more build the tables are the new ones, with nothing beside them."""
    assert built(cwd=dataset)["code"] == 0
    assert contents(dataset / "data/tables") == contents(prepared / "data/wanted")
    assert not [each for each in (dataset / "data").iterdir() if "staging" in each.name or "old" in each.name]


@pytest.mark.parametrize(
    ("name", "after"), [("_sync", False), ("exchange", False), ("exchange", True), ("discard", True)]
)
def test_killed_at_the_worst_moments(dataset: Path, prepared: Path, name: str, after: bool) -> None:
    """Killed right before or after securing files, exchanging folders, removing the old: no mix."""
    done = subprocess.run(call("build", before=DIE.format(name=name, after=after)), cwd=dataset, check=False)
    assert done.returncode == -signal.SIGKILL
    check_no_mix(dataset, prepared)
    check_next_build(dataset, prepared)


def test_killed_between_two_renames(dataset: Path, prepared: Path) -> None:
    """Where folders cannot be exchanged, a builder killed between the renames is undone by the next."""
    subprocess.run(call("build", before=DIE_BETWEEN_RENAMES), cwd=dataset, check=False)
    assert not (dataset / "data/tables").exists()
    assert run("build", before=FAIL_LATE, cwd=dataset).returncode == 70
    assert contents(dataset / "data/tables") == contents(prepared / "data/tables")
    check_next_build(dataset, prepared)


def test_killed_at_any_moment(dataset: Path, prepared: Path) -> None:
    """Killed after any time from start to end, a build leaves the old tables or the new ones."""
    started = time.monotonic()
    assert built("--out", "data/other", cwd=dataset)["code"] == 0
    length = time.monotonic() - started
    for step in range(8):
        with subprocess.Popen(call("build"), cwd=dataset, stdout=subprocess.DEVNULL) as builder:
            time.sleep(length * (0.3 + 0.1 * step))
            builder.kill()
        check_no_mix(dataset, prepared)
    check_next_build(dataset, prepared)


@pytest.fixture(params=[3, 5])
def busy(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """A builder with so many processes, from just starting its workers to having both at work."""
    at_least: int = request.param
    (tmp_path / "data/raw/paper").mkdir(parents=True)
    for number in range(8):
        text = "".join(thread(number, 8) for _ in range(4_000))
        (tmp_path / f"data/raw/paper/{number}.txt").write_text(text, encoding="utf-8")
    words = call("build", "--executor", "processes", "--workers", "2")
    with subprocess.Popen(
        words,
        cwd=tmp_path,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as builder:
        wait_until(lambda: len(session(builder.pid)) >= at_least)
        yield builder


def test_workers_end_with_their_parent(busy: subprocess.Popen[str], tmp_path: Path) -> None:
    """When the parent is killed its workers do not live on."""
    busy.kill()
    wait_until(lambda: not session(busy.pid))
    assert not (tmp_path / "data/tables").exists()


def test_ctrl_c_ends_all(busy: subprocess.Popen[str], tmp_path: Path) -> None:
    """Ctrl-C ends the builder and its workers with one line, and leaves nothing behind."""
    os.killpg(busy.pid, signal.SIGINT)
    said = busy.communicate(timeout=60)[1]
    wait_until(lambda: not session(busy.pid))
    assert busy.returncode == 130
    assert said.strip() == "Error: Interrupted; nothing was changed."
    assert {each.name for each in (tmp_path / "data").iterdir()} == {"raw", ".tables.lock", ".tables.parts"}


def session(leader: int) -> list[int]:
    """The living processes of a session."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, *fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == leader and state != "Z":
                found.append(int(entry.name))
    return found


def wait_until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until a condition holds; fail when it takes too long."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)
