"""Packing: shards by size, nothing written that does not come back, refusals before any work."""

from pathlib import Path

import pytest

from builder.core.errors import DataError, UsageError
from builder.core.packed.reading import records
from builder.core.packed.record import Record
from builder.run.corpus import packing
from builder.run.corpus.packing import Packing, pack


def raw(folder: Path, count: int = 4, size: int = 100) -> Path:
    """So many captures of that size, and a side file."""
    source = folder / "raw" / "paper"
    source.mkdir(parents=True)
    for number in range(count):
        (source / f"{number}.txt").write_bytes(b"x" * (size - 1) + b"%d" % number)
    (source / "0.txt.meta.json").write_bytes(b"{}")
    return source.parent


def names(file: Path) -> list[str]:
    """The records of a packed file."""
    return [one.id for one in records(str(file), 1_000)]


@pytest.mark.parametrize(("size", "shards"), [(1, 4), (200, 2), (1_000, 1)])
def test_shards_hold_as_much_as_they_may(tmp_path: Path, size: int, shards: int) -> None:
    """A shard ends before the capture with which it would be too large, and has at least one; git sees none."""
    done = pack(Packing(raw(tmp_path), tmp_path / "out", shard_size=size))
    files = sorted((tmp_path / "out").glob("captures-*"))
    assert {each.name for each in (tmp_path / "out").iterdir()} == {
        ".gitignore",
        *(one.name for one in files),
    }
    assert len(files) == done.after.files == shards
    assert [name for file in files for name in names(file)] == [f"paper/{number}.txt" for number in range(4)]
    assert (done.captures, done.before.files, done.before.bytes) == (4, 5, 402)
    assert done.after.bytes == sum(file.stat().st_size for file in files)


@pytest.mark.parametrize("spoilt", [b"spoilt", None])
def test_what_does_not_come_back_is_not_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoilt: bytes | None
) -> None:
    """A shard that gives back other bytes, or a capture too few, is never put in place."""

    def wrong(file: str, largest: int) -> list[Record]:
        first, *others = records(file, largest)
        return others if spoilt is None else [first._replace(data=spoilt), *others]

    monkeypatch.setattr(packing, "records", wrong)
    with pytest.raises(DataError, match=r"paper/0\.txt"):
        pack(Packing(raw(tmp_path), tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_tar_refuses_names_that_it_would_not_find_again(tmp_path: Path) -> None:
    """What a tar would pass over is not put into one; other formats take it."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/a.jsonl").write_text('{"id": "paper/17", "text": "a"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="--format parquet"):
        pack(Packing(tmp_path / "raw", tmp_path / "out", "tar"))
    assert pack(Packing(tmp_path / "raw", tmp_path / "out")).captures == 1


def test_nothing_to_pack(tmp_path: Path) -> None:
    """A folder without captures is told, and no folder is made."""
    (tmp_path / "raw").mkdir()
    with pytest.raises(DataError, match="no captures"):
        pack(Packing(tmp_path / "raw", tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_side_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Its capture stays behind with it and is told: half of it would not do."""
    root = raw(tmp_path)
    (root / "paper/0.txt.meta.json").unlink()
    (root / "paper/0.txt.meta.json").mkdir()
    (root / "paper/1.txt").unlink()
    (root / "paper/1.txt").symlink_to("1.txt")
    done = pack(Packing(root, tmp_path / "out"))
    assert {one.capture: one.code for one in done.issues} == {"paper/1.txt": "link_loop"}
    assert done.captures == 3
