"""The pipeline: whatever does the work, in whatever portions, the tables are the same bytes."""

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from builder.core.errors import DataError, OutputError, UsageError, WorkerLost
from builder.run.corpus.executor import Executor, processes, serial
from builder.run.corpus.languages import Languages
from builder.run.corpus.pipeline import Build, build
from builder.run.corpus.plan import Bounds
from builder.run.corpus.report import Progress
from builder.run.corpus.shard import ShardWork
from builder.tables.changes import IdChanges
from tests.unit.run.standin import tables_of


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Forty captures of two sources, one of them empty."""
    for number in range(40):
        file = tmp_path / f"raw/{'paper' if number % 2 else 'radio'}/{number % 3}/{number}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        comments = [f"Ann: thing {number}", "no name", f"ANN: again {number}", f"Bob {number % 5}: yes"]
        file.write_text("\n".join([f"Headline {number}", *comments[: number % 5]]), encoding="utf-8")
    (tmp_path / "raw/paper/empty.txt").touch()
    return tmp_path / "raw"


def order(raw: Path, out: Path, files: int = 1250) -> Build:
    """A build with the stand-in."""
    return Build(raw, out, lambda: tables_of, "0" * 64, Bounds(files=files))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize(
    ("execute", "files"), [(serial, 1), (serial, 7), (processes(1), 9), (processes(2), 3), (processes(3), 1)]
)
def test_the_same_bytes_whoever_works(raw: Path, tmp_path: Path, execute: Executor, files: int) -> None:
    """One process or several, large shards or small ones: the tables and the record are the same bytes."""
    build(order(raw, tmp_path / "plain"))
    build(order(raw, tmp_path / "other", files), execute)
    assert contents(tmp_path / "other") == contents(tmp_path / "plain")


def test_every_row_gets_there_in_order(raw: Path, tmp_path: Path) -> None:
    """The rows of all shards are there, sorted by their key, and the report has their numbers."""
    report = build(order(raw, tmp_path / "out", 6))
    tables = {name: pq.read_table(tmp_path / f"out/{name}.parquet") for name in report.rows}
    assert {name: table.num_rows for name, table in tables.items()} == report.rows
    assert report.rows["articles"] == 40
    assert report.rows["comments"] == 80 == report.comments_named + report.comments_lost
    places = tables["comments"].select(["article_id", "position"]).to_pylist()
    assert places == sorted(places, key=lambda row: (row["article_id"], row["position"]))
    assert tables["issues"].to_pylist()[0]["ordinal"] == 0
    assert report.issues == {"empty": 1}


def test_authors_are_counted_across_shards(raw: Path, tmp_path: Path) -> None:
    """Two spellings are one author at a source, with each article counted once, whatever the shards."""
    build(order(raw, tmp_path / "out", 1))
    rows = pq.read_table(tmp_path / "out/authors.parquet").to_pylist()
    ann = {row["source"]: row for row in rows if row["name_key"] == "ann"}
    assert {row["name"] for row in ann.values()} == {"Ann"}
    assert sum(row["n_comments"] for row in ann.values()) == 48
    assert [row["author_id"] for row in rows] == sorted(row["author_id"] for row in rows)


def test_a_rebuild_tells_what_became_of_the_ids(raw: Path, tmp_path: Path) -> None:
    """Ids that stayed, moved and went, and new ones, are counted against the tables that stood there."""
    assert build(order(raw, tmp_path / "out")).ids is None
    again = build(order(raw, tmp_path / "out")).ids
    assert again
    assert again["comments"] == IdChanges(stayed=80, moved=0, went=0, new=0)
    file = raw / "radio/1/4.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("no name\n", ""), encoding="utf-8")
    (raw / "paper/new.txt").write_text("New\nNobody: hello", encoding="utf-8")
    changed = build(order(raw, tmp_path / "out")).ids
    assert changed
    assert changed["comments"] == IdChanges(stayed=77, moved=2, went=1, new=1)
    assert changed["articles"] == IdChanges(stayed=40, moved=0, went=0, new=1)
    assert changed["authors"] == IdChanges(stayed=again["authors"].stayed, moved=0, went=0, new=1)


def test_progress_is_told(raw: Path, tmp_path: Path) -> None:
    """After each shard one is told how far the build is, up to the end."""
    told: list[Progress] = []
    build(order(raw, tmp_path / "out", 10), tell=told.append)
    steps = [0, *(step.captures for step in told)]
    assert all(0 < after - before <= 10 for before, after in pairwise(steps))
    assert (told[-1].captures, told[-1].bytes, told[-1].issues) == (41, told[-1].of_bytes, 1)


def test_a_killed_worker_is_told(raw: Path, tmp_path: Path) -> None:
    """When a worker is killed the build ends with an error, the old tables stand, and only parts lie about."""
    build(order(raw, tmp_path / "out"))
    before = contents(tmp_path / "out")
    (raw / "paper/bad.txt").write_text("kill", encoding="utf-8")
    with pytest.raises(WorkerLost, match="--workers"):
        build(order(raw, tmp_path / "out", 5), processes(2))
    assert contents(tmp_path / "out") == before
    assert {each.name for each in tmp_path.iterdir()} == {"raw", "out", ".out.lock", ".out.parts"}


def test_nothing_to_build(tmp_path: Path) -> None:
    """No folder is wrong usage, a folder without captures is told, and neither leaves anything behind."""
    with pytest.raises(UsageError):
        build(order(tmp_path / "none", tmp_path / "out"))
    (tmp_path / "raw").mkdir()
    with pytest.raises(DataError, match="no captures"):
        build(order(tmp_path / "raw", tmp_path / "out"))
    assert [each.name for each in tmp_path.iterdir()] == ["raw"]


def test_only_issues_are_tables_too(tmp_path: Path) -> None:
    """Where no capture could be read there are still tables, and the issues are in them."""
    (tmp_path / "raw/paper").mkdir(parents=True)
    (tmp_path / "raw/paper/gone.txt").symlink_to("nowhere")
    for execute in (serial, processes(2)):
        report = build(order(tmp_path / "raw", tmp_path / "out"), execute)
        assert (report.rows["articles"], report.n_errors, report.issues) == (0, 1, {"vanished": 1})
        assert report.errors[0][0] == "paper/gone.txt"


def test_tables_in_the_way_are_kept(raw: Path, tmp_path: Path) -> None:
    """Files that no build wrote are never replaced."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").touch()
    with pytest.raises(OutputError, match=r"thesis\.txt"):
        build(order(raw, tmp_path / "mine"))
    assert (tmp_path / "mine/thesis.txt").exists()


def test_the_record_says_where_from(raw: Path, tmp_path: Path) -> None:
    """The record names raw captures, weights and rows, and moves with the dataset."""
    build(order(raw, tmp_path / "data/tables"))
    record = json.loads((tmp_path / "data/tables/build.json").read_text(encoding="utf-8"))
    assert (record["raw"], record["weights_sha256"]) == ("../../raw", "0" * 64)
    assert record["listing"]["captures"] == 41
    shutil.copytree(raw, tmp_path / "moved/raw")
    build(order(tmp_path / "moved/raw", tmp_path / "moved/data/tables"))
    assert contents(tmp_path / "moved/data/tables") == contents(tmp_path / "data/tables")


def test_copies_are_marked_across_shards(repository: Path, tmp_path: Path) -> None:
    """A comment in one shard that repeats one in another leads to it, and the report has their number."""
    raw, work = repository / "data/raw", ShardWork(near_copies=True)
    report = build(Build(raw, tmp_path / "out", lambda: work, bounds=Bounds(files=1)), processes(2))
    comments = pq.read_table(tmp_path / "out/comments.parquet").to_pylist()
    firsts = {row["comment_id"]: row for row in comments}
    copies = [(row, firsts[row["duplicate_of"]]) for row in comments if row["duplicate_of"]]
    assert report.copies == {"articles": 1, "comments": len(copies)}
    assert any(row["article_id"] != first["article_id"] for row, first in copies)
    assert all(row["text"].casefold() == first["text"].casefold() for row, first in copies)


def test_it_is_told_when_no_language_can_be_determined(repository: Path, tmp_path: Path) -> None:
    """Without the package, and with languages that it does not know, the report has one line on it, else none."""
    raw, out, none = repository / "data/raw/thessk-dispatch", tmp_path / "out", Languages(remark="None.")
    assert build(Build(raw, out, ShardWork, languages=none)).remark == "None."
    unknown, known = (Languages((name,), f"py3langid: {name}") for name in ("tlh", "en"))
    assert (
        "knows none of tlh" in build(Build(raw, out, lambda: ShardWork(("tlh",)), languages=unknown)).remark
    )
    assert not build(Build(raw, out, lambda: ShardWork(("en",)), languages=known)).remark
    record = json.loads((out / "build.json").read_text(encoding="utf-8"))
    assert (record["languages"], record["near_copies"]) == ("py3langid: en", False)
