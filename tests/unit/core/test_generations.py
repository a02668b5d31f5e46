"""Folders at a store: what counts is whole, one writer wins, and what does not count goes."""

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from builder.core import generations, marks, stores
from builder.core.errors import Busy, DataError, OutputError
from builder.core.marks import Mark
from builder.core.stores import Store, open_store


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    fsspec.filesystem("memory").store.clear()
    yield open_store("memory://shelf.example/tables")
    fsspec.filesystem("memory").store.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A local folder with two files."""
    return filled(tmp_path / "made", "one")


def filled(folder: Path, said: str) -> Path:
    """A local folder with two files that say so."""
    folder.mkdir(exist_ok=True)
    (folder / "a.parquet").write_text(said)
    (folder / "build.json").write_text(said * 2)
    return folder


def fetched(store: Store, folder: Path) -> dict[str, str]:
    """What the generation that counts says."""
    counting = generations.newest(store)
    assert counting is not None
    folder.mkdir()
    generations.fetch(store, counting, folder)
    return {file.name: file.read_text() for file in folder.iterdir()}


def test_what_was_sent_comes_back(store: Store, folder: Path, tmp_path: Path) -> None:
    """A folder is at the store as it was, as old as it was put there, and nothing else is beside it and its mark."""
    assert generations.newest(store) is None
    done = generations.finish(store, generations.begin(store), folder)
    assert fetched(store, tmp_path / "back") == {"a.parquet": "one", "build.json": "oneone"}
    assert (tmp_path / "back/a.parquet").stat().st_mtime == done.written
    there = {"a.parquet", "build.json"}
    assert set(stores.files_in(store)) == {"marks/000001.json", *(f"{done.folder}/{name}" for name in there)}


def test_the_next_takes_its_place(store: Store, folder: Path, tmp_path: Path) -> None:
    """The next folder counts as soon as it is marked; the one before is gone, and so is what a dead writer began."""
    first = generations.finish(store, generations.begin(store), folder)
    dead = generations.begin(store)
    second = generations.finish(store, generations.begin(store), filled(folder, "two"))
    assert fetched(store, tmp_path / "back")["a.parquet"] == "two"
    left = {path.partition("/")[0] for path in stores.files_in(store)}
    assert left == {"marks", second.folder}
    assert not left & {first.folder, dead.folder}


def test_until_the_mark_the_old_counts(
    store: Store, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken off after any file, a folder counts for nothing, and the one before counts as it did."""
    generations.finish(store, generations.begin(store), folder)
    put, left = stores.put, [1]

    def breaking(*words: object) -> None:
        if not left:
            raise ConnectionResetError
        left.pop()
        put(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(stores, "put", breaking)
    with pytest.raises(ConnectionResetError):
        generations.finish(store, generations.begin(store), filled(folder, "two"))
    assert fetched(store, tmp_path / "back")["a.parquet"] == "one"


def test_one_of_two_writers_wins(store: Store, folder: Path, tmp_path: Path) -> None:
    """Of two who began from the same state the first to end counts, and the other one is told."""
    mine, theirs = generations.begin(store), generations.begin(store)
    generations.finish(store, theirs, filled(tmp_path / "theirs", "theirs"))
    with pytest.raises(Busy, match="Another builder put tables at memory://"):
        generations.finish(store, mine, folder)
    assert fetched(store, tmp_path / "back")["a.parquet"] == "theirs"


def test_a_late_writer_never_counts(store: Store, folder: Path) -> None:
    """Who began before several others ended gets no older number, since every mark stays."""
    late = generations.begin(store)
    for _ in range(3):
        generations.finish(store, generations.begin(store), folder)
    with pytest.raises(Busy):
        generations.finish(store, late, folder)
    assert marks.newest_number(store) == 3


def test_losses_on_the_way_are_seen(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of which a file arrived cut short is not marked."""
    put = stores.put

    def short(store: Store, path: str, file: Path) -> None:
        cut = file.with_name(f".{file.name}")
        cut.write_bytes(file.read_bytes()[:-1])
        put(store, path, cut)
        cut.unlink()

    monkeypatch.setattr(stores, "put", short)
    with pytest.raises(OutputError, match="did not arrive whole"):
        generations.finish(store, generations.begin(store), folder)
    assert generations.newest(store) is None


def test_other_bytes_are_never_trusted(store: Store, folder: Path, tmp_path: Path) -> None:
    """A file that is not what the mark says is refused."""
    done = generations.finish(store, generations.begin(store), folder)
    store.system.pipe_file(f"{store.root}/{done.folder}/a.parquet", b"eno")
    with pytest.raises(DataError, match=r"a\.parquet is not what its mark says"):
        fetched(store, tmp_path / "back")


@pytest.mark.parametrize(
    "content", [b"no json", b"[]", b'{"folder": "x"}', b'{"folder": "x", "files": {"a": 1}}']
)
def test_a_damaged_mark_is_told(store: Store, content: bytes) -> None:
    """A mark that is none is named, with a cure."""
    store.system.pipe_file(f"{store.root}/marks/000001.json", content)
    with pytest.raises(DataError, match=r"000001\.json is damaged: .* Build again"):
        generations.newest(store)


def test_a_mark_is_written_once(store: Store) -> None:
    """The store takes the first mark of a number and no other."""
    assert marks.put(store, Mark(1, {"said": "first"}))
    assert not marks.put(store, Mark(1, {"said": "second"}))
    assert marks.newest(store, "") == Mark(1, {"said": "first"})
