"""Storage: bytes in, bytes out, and errors of the system as messages with a cure."""

import errno
import os
import threading
from pathlib import Path

import pytest

from builder.core.errors import DataError, OutputError
from builder.core.storage import appears, read_bytes, read_json, replace, write_json, write_new, writing


@pytest.mark.parametrize("size", [0, 1, 70_000])
def test_all_bytes_are_read(tmp_path: Path, size: int) -> None:
    """A file is read whole, also an empty one."""
    (tmp_path / "a").write_bytes(os.urandom(size))
    assert read_bytes(str(tmp_path / "a")) == (tmp_path / "a").read_bytes()


def test_a_file_without_a_size_is_read() -> None:
    """A file that does not tell its size beforehand is read to its end."""
    assert read_bytes("/proc/self/status").startswith(b"Name:")


def test_json_is_the_same_for_the_same_object(tmp_path: Path) -> None:
    """The order in which an object was put together does not show in its file."""
    write_json(tmp_path / "a.json", {"x": 1, "y": "ä"})
    write_json(tmp_path / "b.json", {"y": "ä", "x": 1})
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert read_json(tmp_path / "a.json") == {"x": 1, "y": "ä"}


@pytest.mark.parametrize("content", [b"[1]", b"{", b"\xff\xfe"])
def test_a_broken_json_file_is_named(tmp_path: Path, content: bytes) -> None:
    """A file that is no JSON object is refused by name."""
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(DataError, match=r"a\.json"):
        read_json(tmp_path / "a.json")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A file that is there already is left as it is."""
    assert write_new(tmp_path / "new/a.txt", b"first")
    assert not write_new(tmp_path / "new/a.txt", b"second")
    assert (tmp_path / "new/a.txt").read_bytes() == b"first"


def test_replacing_leaves_nothing_beside(tmp_path: Path) -> None:
    """A file is replaced at one stroke, and nothing stays beside it."""
    (tmp_path / "a").write_bytes(b"old")
    replace(tmp_path / "a", b"new")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a", b"new")]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EBUSY])
def test_an_error_of_writing_has_a_cure(tmp_path: Path, code: int) -> None:
    """No space, no right, no writable medium and a busy folder are told with the place and what to do."""
    with pytest.raises(OutputError, match="write") as refused, writing(tmp_path):
        raise OSError(code, os.strerror(code))
    assert str(tmp_path) in str(refused.value)


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        *((name, True) for name in ("tables", "tables/a.parquet", ".tables.staging-1/a", ".")),
        *((name, False) for name in ("raw/a.txt", "tables2/a", "../other")),
    ],
)
def test_only_errors_of_the_place_are_told(tmp_path: Path, name: str, ours: bool) -> None:
    """An error about the place, what is kept beside it, or a folder above it is told; another passes."""
    error = PermissionError(errno.EACCES, "no", str(tmp_path / name))
    with pytest.raises(OutputError if ours else PermissionError), writing(tmp_path / "tables"):
        raise error


def test_other_errors_pass(tmp_path: Path) -> None:
    """An error that has nothing to do with writing is not dressed up as one."""
    with pytest.raises(TimeoutError), writing(tmp_path):
        raise TimeoutError(errno.ETIMEDOUT, "late")


def test_what_shows_up_late_is_waited_for(tmp_path: Path) -> None:
    """A file that comes within the time appears; one that does not come does not."""
    threading.Timer(0.3, (tmp_path / "late").touch).start()
    assert appears(tmp_path / "late", 20.0)
    assert not appears(tmp_path / "never", 0.1)
