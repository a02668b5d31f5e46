"""Files for one user's eyes: written at one stroke, copied, and in a folder that nobody else enters."""

import os
import stat
from pathlib import Path

from builder.core.private import copy_private, private_folder, replace_private
from builder.core.storage import read_json


def mode(path: Path) -> int:
    """Who may do what with a path."""
    return stat.S_IMODE(path.stat().st_mode)


def test_nobody_else_reads_it(tmp_path: Path) -> None:
    """Folder, new file and copy are closed to others, however open the process is to them."""
    before = os.umask(0)
    try:
        folder = private_folder(tmp_path / "a" / "b")
        replace_private(folder / "one.json", {"token": "x"})
        replace_private(folder / "one.json", {"token": "y"})
        (tmp_path / "open").write_bytes(b"z")
        copy_private(tmp_path / "open", folder / "copy")
    finally:
        os.umask(before)
    assert [mode(folder), mode(folder / "one.json"), mode(folder / "copy")] == [0o700, 0o600, 0o600]
    assert read_json(folder / "one.json") == {"token": "y"}
    assert sorted(each.name for each in folder.iterdir()) == ["copy", "one.json"]


def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    """A folder that is there already is closed to others too."""
    (tmp_path / "wide").mkdir(mode=0o755)
    assert mode(private_folder(tmp_path / "wide")) == 0o700
