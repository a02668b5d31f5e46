"""Folders that are written once."""

from pathlib import Path

import pytest

from builder.core.errors import OutputError
from builder.core.immutable import discard_read_only, write_below, written_once


def write(out: Path, content: bytes = b"one") -> None:
    """Write a folder with one file in it."""
    with written_once(out) as folder:
        write_below(folder, "below/file", content)


def fail(out: Path) -> None:
    """Begin to write a folder, and fail."""
    with written_once(out) as folder:
        write_below(folder, "file", b"half")
        raise ZeroDivisionError


def test_what_is_written_cannot_be_changed(tmp_path: Path) -> None:
    """Nobody has the right to write to the folder, nor to what is in it."""
    write(tmp_path / "out")
    modes = [one.stat().st_mode & 0o777 for one in (tmp_path / "out", *sorted((tmp_path / "out").rglob("*")))]
    assert modes == [0o555, 0o555, 0o444]
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    """A second folder at the same place is refused before anything is written, whatever stands there."""
    write(tmp_path / "out")
    with pytest.raises(OutputError, match="never changed"):
        write(tmp_path / "out", b"two")
    assert (tmp_path / "out/below/file").read_bytes() == b"one"
    (tmp_path / "link").symlink_to("nowhere")
    with pytest.raises(OutputError, match="never changed"):
        write(tmp_path / "link")


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    """What was begun is gone when the writer fails, and the folder that was made for it."""
    with pytest.raises(ZeroDivisionError):
        fail(tmp_path / "out")
    with pytest.raises(ZeroDivisionError):
        fail(tmp_path / "home/out")
    assert list(tmp_path.iterdir()) == []


def test_what_a_dead_writer_left_is_swept(tmp_path: Path) -> None:
    """A folder that a dead writer had begun, read-only already, is gone after the next."""
    left = tmp_path / ".out.staging-1-2"
    write(tmp_path / "made")
    (tmp_path / "made").chmod(0o755)
    (tmp_path / "made").rename(left)
    write(tmp_path / "out")
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_a_read_only_folder_can_be_discarded(tmp_path: Path) -> None:
    """Whoever means it can remove such a folder."""
    write(tmp_path / "out")
    discard_read_only(tmp_path / "out")
    discard_read_only(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
