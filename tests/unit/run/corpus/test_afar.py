"""Builds from and to URLs: the same bytes as from and to folders."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest

import builder
from builder.core.captures import find_captures, locate, read_captures
from builder.core.errors import Unreachable, UsageError
from builder.core.mirror import at_hand
from builder.core.packed.writing import packing
from builder.core.places import Url
from builder.run.corpus import afar
from builder.run.corpus.afar import Goal, build_at
from builder.run.corpus.pipeline import Build, build
from builder.run.corpus.record import raw_of, read_record
from builder.run.corpus.verify import verify
from tests.unit.run.standin import tables_of

RAW, TABLES = Url("memory://shelf.example/raw"), Url("memory://shelf.example/tables")


@pytest.fixture
def raw(tmp_path: Path) -> Iterator[Path]:
    """Captures in a folder, with side files, other files and packed ones, and the same in memory."""
    for number in range(30):
        file = tmp_path / f"raw/{'paper' if number % 2 else 'radio'}/{number % 3}/{number}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Headline {number}\nAnn: thing {number}\nno name", encoding="utf-8")
    (tmp_path / "raw/paper/1/1.txt.meta.json").write_text(json.dumps({"language": "en"}))
    (tmp_path / "raw/paper/1/gone.txt.meta.json").write_text("{}")
    (tmp_path / "raw/paper/1/.hidden.txt").write_text("no")
    (tmp_path / "raw/paper/1/picture.png").write_bytes(b"no")
    (tmp_path / "raw/top.txt").write_text("Headline\nBob: yes")
    for kind in ("parquet", "jsonl.zst", "tar"):
        with packing(tmp_path / f"raw/radio/some.{kind}") as sink:
            for number in range(5):
                sink.add(f"{kind[:2]}/{number}.txt", f"Packed {number}\nAnn: {kind}".encode(), None)
    copied(tmp_path / "raw")
    yield tmp_path / "raw"
    fsspec.filesystem("memory").store.clear()


def copied(raw: Path) -> None:
    """Put what is in the folder into memory, and nothing else."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    for file in raw.rglob("*"):
        if file.is_file():
            system.pipe_file(f"/shelf.example/raw/{file.relative_to(raw).as_posix()}", file.read_bytes())


def order(raw: Path | Url) -> Build:
    """A build with the stand-in."""
    return Build(raw, Path(), lambda: tables_of, "0" * 64)


def tables(folder: Path) -> dict[str, bytes]:
    """Every table of a folder with its bytes."""
    return {file.name: file.read_bytes() for file in folder.glob("*.parquet")}


def test_the_same_captures_are_found(raw: Path) -> None:
    """A store has the captures that a folder has, with the same names, sizes, side files, issues and others."""
    here, there = find_captures(raw), find_captures(RAW)
    assert [(*one[:3], one.size, one.record) for one in there.captures] == [
        (*one[:3], one.size, one.record) for one in here.captures
    ]
    assert [Path(one.meta_file or "").name for one in there.captures] == [
        Path(one.meta_file or "").name for one in here.captures
    ]
    assert (there.issues, there.ignored) == (here.issues, here.ignored)
    assert here.issues
    assert len(here.captures) == 46


def test_each_capture_is_found_by_its_name(raw: Path) -> None:
    """A capture at a store is located and read by its name, packed or not, and as the root itself."""
    names = [one.capture for one in find_captures(RAW).captures]
    read = dict(read_captures(RAW, [*names, "paper/1/none.txt"]))
    assert [read[place] for place in range(len(names))] == [
        data for _, data in sorted(read_captures(raw, names))
    ]
    assert isinstance(read[len(names)], FileNotFoundError)
    for name in names:
        found = locate(RAW, name)
        assert found is not None
        assert found.capture == name
    assert find_captures(RAW / "paper/1/1.txt").captures[0].capture == "1/1.txt"


def test_two_of_one_name_are_told_alike(raw: Path) -> None:
    """Two captures of one name are told in the same words from a store as from a folder."""
    (raw / "raw").mkdir()
    (raw / "raw/top.txt").write_text("Headline\nBob: no")
    copied(raw)
    said = [one.message for one in find_captures(raw).issues if one.code == "duplicate_capture"]
    assert said
    assert [one.message for one in find_captures(RAW).issues if one.code == "duplicate_capture"] == said


def test_nothing_there_is_told() -> None:
    """A place at a store with nothing in it is a mistake of the call."""
    with pytest.raises(UsageError, match=r"nothing at memory://shelf\.example/none"):
        find_captures(Url("memory://shelf.example/none"))


def test_the_same_tables(raw: Path, tmp_path: Path) -> None:
    """From a store to a store the tables are the bytes that they are from a folder to a folder."""
    build(replace(order(raw), tables=tmp_path / "plain"))
    report = build_at(Goal(TABLES, tmp_path / "scratch"), order(RAW))
    folder = at_hand(TABLES, tmp_path / "other")
    assert tables(folder) == tables(tmp_path / "plain")
    assert (report.raw, report.tables) == (RAW, TABLES)
    assert raw_of(folder, read_record(folder)) == RAW
    assert verify(folder).faults == verify(tmp_path / "plain").faults


def test_only_what_changed_is_done_again(raw: Path, tmp_path: Path) -> None:
    """Nothing changed at a store: nothing is read. One capture changed, of the same size: the tables say so."""
    goal = Goal(TABLES, tmp_path / "scratch")
    build_at(goal, order(RAW))
    again = build_at(goal, order(RAW)).redone
    assert (again.written, again.captures_read) == (False, 0)
    (raw / "paper/1/1.txt").write_text("Headline 1\nAnn: thing 2\nno name", encoding="utf-8")
    system = fsspec.filesystem("memory")
    system.pipe_file("/shelf.example/raw/paper/1/1.txt", (raw / "paper/1/1.txt").read_bytes())
    assert build_at(goal, order(RAW)).redone.written
    build(replace(order(raw), tables=tmp_path / "plain"))
    assert tables(at_hand(TABLES, tmp_path / "other")) == tables(tmp_path / "plain")


def test_a_goal_on_this_machine_is_a_plain_build(raw: Path, tmp_path: Path) -> None:
    """A build to a path makes that folder and nothing in the scratch folder."""
    report = build_at(Goal(tmp_path / "out", tmp_path / "scratch"), order(raw))
    assert report.tables == tmp_path / "out"
    assert tables(tmp_path / "out")
    assert not (tmp_path / "scratch").exists()


@pytest.mark.usefixtures("raw")
def test_a_dataset_opens_by_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``builder.open`` takes the URL of tables, and finds the way back to captures at a store."""
    build_at(Goal(TABLES, tmp_path / "scratch"), order(RAW))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    opened = builder.open(str(TABLES))
    assert len(opened.articles) == 46
    assert raw_of(opened.path, opened.record) == RAW


def test_who_may_not_write_hears_it_first(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be written, a build ends before it has read a capture."""

    def refuse(*_words: object, **_more: object) -> None:
        raise PermissionError("forbidden")

    monkeypatch.setattr(type(fsspec.filesystem("memory")), "pipe_file", refuse)
    monkeypatch.setattr(afar, "build", lambda *_: pytest.fail("it was built"))
    with pytest.raises(Unreachable, match="right to"):
        build_at(Goal(TABLES, tmp_path / "scratch"), order(raw))
