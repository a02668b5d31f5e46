"""Folders and tars read whole, without a step outside of them."""

import io
import tarfile
from datetime import date
from pathlib import Path

import pytest

from builder.core.errors import DataError, UsageError
from builder.core.tarball import write_tar
from builder.core.tree import read_tree

DAY = date(2026, 11, 24)


def folder(root: Path) -> Path:
    """A folder with a file, and a folder with another."""
    (root / "x/below").mkdir(parents=True)
    (root / "x/a.txt").write_bytes(b"a")
    (root / "x/below/b.txt").write_bytes(b"b")
    return root / "x"


def packed(file: Path, *members: tuple[str, bytes, bytes]) -> Path:
    """A tar with members of any name, type and content."""
    with tarfile.open(file, "w") as made:
        for name, kind, content in members:
            member = tarfile.TarInfo(name)
            member.type, member.size, member.linkname = kind, len(content), "../../secret"
            made.addfile(member, io.BytesIO(content))
    return file


def test_a_folder_and_its_tar_are_the_same(tmp_path: Path) -> None:
    """What was packed is read as what it was packed from."""
    write_tar(tmp_path / "x.tar", folder(tmp_path), "x", DAY)
    trees = [read_tree(tmp_path / name) for name in ("x", "x.tar")]
    assert trees[0] == trees[1]
    assert trees[0].files == {"a.txt": b"a", "below/b.txt": b"b"}


def test_a_tar_depends_on_its_files_alone(tmp_path: Path) -> None:
    """Neither times nor rights nor the order of writing are seen in a tar, and nobody may write to it."""
    tars = []
    for name in ("one", "two"):
        place = folder(tmp_path / name)
        (place / "a.txt").chmod(0o600 if name == "one" else 0o644)
        write_tar(tmp_path / f"{name}.tar", place, "x", DAY)
        tars.append(tmp_path / f"{name}.tar")
    assert tars[0].read_bytes() == tars[1].read_bytes()
    assert tars[0].stat().st_mode & 0o222 == 0
    with tarfile.open(tars[0]) as opened:
        members = opened.getmembers()
    assert [one.name for one in members] == ["x", "x/a.txt", "x/below", "x/below/b.txt"]
    assert {(one.uid, one.gid, one.uname, one.mtime) for one in members} == {(0, 0, "", 1795478400)}


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("x/../../etc/passwd", tarfile.REGTYPE, "leads out"),
        ("/etc/passwd", tarfile.REGTYPE, "leads out"),
        ("x/link", tarfile.SYMTYPE, "a link"),
        ("x/hard", tarfile.LNKTYPE, "a link"),
        ("x/device", tarfile.CHRTYPE, "no plain file"),
        ("x/pipe", tarfile.FIFOTYPE, "no plain file"),
        ("beside", tarfile.REGTYPE, "beside"),
        ("x/a", tarfile.REGTYPE, "second of its name"),
        ("y/a", tarfile.REGTYPE, "second"),
    ],
)
def test_what_a_tar_must_not_hold(tmp_path: Path, name: str, kind: bytes, said: str) -> None:
    """Paths out of the tar, links, devices, doubles and second folders are told and not read."""
    content = b"evil" if kind == tarfile.REGTYPE else b""
    tree = read_tree(packed(tmp_path / "x.tar", ("x/a", tarfile.REGTYPE, b"good"), (name, kind, content)))
    assert tree.files == {"a": b"good"}
    assert [said in what for _, what in tree.odd] == [True]


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    """Links to files and folders are told and not read."""
    place = folder(tmp_path)
    (place / "file").symlink_to(tmp_path / "x/a.txt")
    (place / "loop").symlink_to(place)
    tree = read_tree(place)
    assert set(tree.files) == {"a.txt", "below/b.txt"}
    assert dict(tree.odd) == {"file": "a link", "loop": "a link"}


def test_what_is_neither_is_told(tmp_path: Path) -> None:
    """What is not there is wrong usage; what is no tar is damaged data."""
    with pytest.raises(UsageError, match="not there"):
        read_tree(tmp_path / "none")
    (tmp_path / "x.tar").write_bytes(b"no tar at all" * 100)
    with pytest.raises(DataError, match="cannot be read"):
        read_tree(tmp_path / "x.tar")


def test_a_file_that_went_meanwhile_is_an_error_with_a_cure(tmp_path: Path) -> None:
    """A file that is gone when it is asked for is told by its place, and what to do about it."""
    tree = read_tree(folder(tmp_path))
    (tmp_path / "x/a.txt").unlink()
    with pytest.raises(DataError, match=r"a\.txt cannot be read: .* Fetch it again"):
        tree.files["a.txt"]
