"""Archives: what was packed comes back, and nothing else gets in or out."""

import io
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from builder.core.archives import copy_database, pack, unpack
from builder.core.errors import DataError, OutputError


def test_there_and_back(tmp_path: Path) -> None:
    """What is packed under its names comes back as it was, for one user's eyes."""
    (tmp_path / "one").write_bytes(b"1" * 100_000)
    pack(tmp_path / "all.tar.gz", {"data/one": tmp_path / "one", "two": tmp_path / "one"})
    unpack(tmp_path / "all.tar.gz", tmp_path / "back")
    assert (tmp_path / "back/data/one").read_bytes() == (tmp_path / "back/two").read_bytes() == b"1" * 100_000
    assert (tmp_path / "all.tar.gz").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "back/two").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["../out", "/out", "data/../../out"])
def test_nothing_gets_out_of_the_folder(tmp_path: Path, name: str) -> None:
    """A member with a way out of the folder is refused before it is written."""
    with tarfile.open(tmp_path / "bad.tar.gz", "w:gz") as packed:
        packed.addfile(tarfile.TarInfo(name), io.BytesIO())
    with pytest.raises(DataError, match="no backup"):
        unpack(tmp_path / "bad.tar.gz", tmp_path / "back")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [None, b"", b"not packed", b"\x1f\x8b\x08\x00broken"])
def test_what_is_no_archive(tmp_path: Path, content: bytes | None) -> None:
    """A file that is missing, empty, broken or something else is named."""
    if content is not None:
        (tmp_path / "odd.tar.gz").write_bytes(content)
    with pytest.raises(DataError, match=r"odd\.tar\.gz cannot be brought back"):
        unpack(tmp_path / "odd.tar.gz", tmp_path / "back")


def test_nothing_half_done_is_left(tmp_path: Path) -> None:
    """When packing fails, neither the file nor a part of it stays."""
    with pytest.raises((OSError, OutputError)):
        pack(tmp_path / "all.tar.gz", {"one": tmp_path / "missing"})
    assert not list(tmp_path.iterdir())


def test_a_database_in_use(tmp_path: Path) -> None:
    """A copy of a database holds what was committed, while somebody is writing to it."""
    with closing(sqlite3.connect(tmp_path / "used")) as used:
        used.execute("create table t (n)")
        used.execute("insert into t values (1)")
        used.commit()
        used.execute("insert into t values (2)")
        copy_database(tmp_path / "used", tmp_path / "copy")
        used.rollback()
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert copy.execute("select n from t").fetchall() == [(1,)]
