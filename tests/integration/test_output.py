"""Output that cannot be written: told with a cure, the old tables left as they were, nothing left behind."""

import os
import resource
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.command import built, call, captures, contents, run

HOLD = "import sys; from pathlib import Path; from builder.core.lock import locked\nwith locked(Path('data/tables').resolve()): print('held', flush=True); sys.stdin.read()"  # noqa: E501
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts file systems")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], check=True)
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Without the right to write, the message names the place and a way out."""
    captures(tmp_path / "data/raw", 2)
    (tmp_path / "data").chmod(0o555)
    done = run("build", cwd=tmp_path, powerless=True)
    (tmp_path / "data").chmod(0o755)
    assert done.returncode == 1
    assert "tables cannot be written: Permission denied. Give yourself the right" in " ".join(
        done.stderr.split()
    )
    assert not (tmp_path / "data/tables").exists()


def test_files_of_somebody_else(tmp_path: Path) -> None:
    """A folder with files that no build wrote is refused."""
    captures(tmp_path / "data/raw", 2)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("years of work", encoding="utf-8")
    done = run("build", "--out", "mine", cwd=tmp_path)
    assert done.returncode == 1
    assert "thesis.txt" in done.stderr
    assert contents(tmp_path / "mine") == {"thesis.txt": b"years of work"}


@root_only
@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_a_full_disk(small_disk: Path, tmp_path: Path, executor: str) -> None:
    """On a full disk the build says so, the old tables stand, and the space that it took is free again."""
    raw, out = captures(tmp_path / "raw", 3), small_disk / "tables"
    assert built("--raw", raw, "--out", out, cwd=tmp_path)["code"] == 0
    before, free = contents(out), os.statvfs(small_disk).f_bavail
    captures(raw, 1500)
    done = run("build", "--raw", raw, "--out", out, "--executor", executor, cwd=tmp_path)
    assert done.returncode == 1
    assert "No space left on device. Free some space" in " ".join(done.stderr.split())
    assert contents(out) == before
    assert os.statvfs(small_disk).f_bavail >= free


@root_only
def test_a_disk_that_is_read_only(small_disk: Path, tmp_path: Path) -> None:
    """On a medium that cannot be written to, the build says so."""
    raw = captures(small_disk / "raw", 2)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert built("--raw", raw, "--out", tmp_path / "out", cwd=tmp_path)["code"] == 0
    done = run("build", "--raw", raw, "--out", small_disk / "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "Read-only file system" in done.stderr


@root_only
def test_a_mount_point_as_the_folder(small_disk: Path, tmp_path: Path) -> None:
    """A mount point cannot be replaced as a whole; the message says to write inside it."""
    done = run("build", "--raw", captures(tmp_path / "raw", 2), "--out", small_disk, cwd=tmp_path)
    assert done.returncode == 1
    assert "a folder inside it" in " ".join(done.stderr.split())


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """Where a limit keeps files small, the build ends with a message and changes nothing."""
    captures(tmp_path / "data/raw", 3)
    assert built(cwd=tmp_path)["code"] == 0
    before = contents(tmp_path / "data/tables")
    captures(tmp_path / "data/raw", 1500)
    done = subprocess.run(
        call("build"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
    )
    assert done.returncode == 1
    assert "File too large" in done.stderr
    assert contents(tmp_path / "data/tables") == before


def test_a_second_builder(tmp_path: Path) -> None:
    """While one builder is at work another is refused, or waits until it is done, as asked."""
    captures(tmp_path / "data/raw", 2)
    with subprocess.Popen(
        [call()[0], "-c", HOLD], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout
        assert first.stdin
        first.stdout.readline()
        refused = run("build", cwd=tmp_path)
        threading.Timer(1.0, first.stdin.close).start()
        waited = run("build", "--wait", "60", cwd=tmp_path)
    assert (refused.returncode, waited.returncode) == (1, 0)
    assert f"process {first.pid}" in refused.stderr


def test_many_builders_at_once(tmp_path: Path) -> None:
    """Builders that wait for each other all end well, and the tables are whole."""
    captures(tmp_path / "data/raw", 20)
    builders = [
        subprocess.Popen(call("build", "--wait", "60"), cwd=tmp_path, stdout=subprocess.DEVNULL)
        for _ in range(3)
    ]
    assert [builder.wait(120) for builder in builders] == [0, 0, 0]
    assert run("check", cwd=tmp_path).returncode == 0
    assert {each.name for each in (tmp_path / "data").iterdir()} == {
        *("raw", "tables", ".tables.lock", ".tables.parts")
    }
