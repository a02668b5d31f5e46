"""A new folder is there as a whole or not at all, and never in the place of another."""

from pathlib import Path

import pytest

from builder.core.errors import OutputError
from builder.core.fresh import fresh_folder


def write(out: Path) -> None:
    """Make a folder with a file in it."""
    with fresh_folder(out) as folder:
        (folder / "a").write_text("a", encoding="utf-8")
        assert not out.exists() or not any(out.iterdir())


def fail(out: Path) -> None:
    """Begin to make a folder."""
    with fresh_folder(out) as folder:
        (folder / "a").write_text("a", encoding="utf-8")
        raise ZeroDivisionError


def test_it_is_there_when_all_is_written(tmp_path: Path) -> None:
    """The folder appears with what was written, and nothing beside it."""
    write(tmp_path / "deep/out")
    assert [file.name for file in (tmp_path / "deep/out").iterdir()] == ["a"]
    assert [each.name for each in (tmp_path / "deep").iterdir()] == ["out"]


def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    """Where the block ends in an error nothing is there, and nothing beside it."""
    with pytest.raises(ZeroDivisionError):
        fail(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    """A folder without anything in it is as good as none."""
    (tmp_path / "out").mkdir()
    write(tmp_path / "out")
    assert (tmp_path / "out/a").exists()


@pytest.mark.parametrize("there", ["file", "folder"])
def test_nothing_is_overwritten(tmp_path: Path, there: str) -> None:
    """A file, or a folder with anything in it, is refused and stays."""
    out = tmp_path / "out"
    if there == "file":
        out.write_text("mine", encoding="utf-8")
    else:
        out.mkdir()
        (out / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is there already"):
        write(out)
    assert (out if there == "file" else out / "mine").read_text(encoding="utf-8") == "mine"
