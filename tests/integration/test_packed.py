"""Packed captures are built, checked, shown and opened as loose ones are; damage in them is told and stops nothing."""

import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import builder
from builder.core.ids import article_id
from tests.integration.command import built, captures, contents, run, thread

FORMATS = ["parquet", "jsonl.zst", "tar"]
TABLES = ["articles", "comments", "authors", "segments", "issues"]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Loose captures of two sources: side files sound and broken, bytes of other encodings, one that is no text."""
    root = captures(captures(tmp_path / "raw", 25), 5, "radio")
    facts = {"url": "https://paper.example/3", "published_at": "2031-03-14T09:00:00+02:00", "language": "en"}
    (root / "paper/3.txt.meta.json").write_text(json.dumps(facts), encoding="utf-8")
    (root / "paper/4.meta.json").write_bytes(b'{"url": 5}')
    (root / "paper/latin.txt").write_bytes(thread(77).replace("harbour", "h\xe4rbour").encode("cp1252"))
    (root / "paper/marked.txt").write_bytes(b"\xef\xbb\xbf" + thread(78).replace("\n", "\r\n").encode())
    (root / "paper/binary.txt").write_bytes(bytes(range(256)) * 9)
    (root / "paper/empty.txt").write_bytes(b"")
    (root / os.fsdecode(b"paper/n\xe4me#1.txt")).write_text(thread(79), encoding="utf-8")
    (root / "top.txt").write_text(thread(80), encoding="utf-8")
    return root


def same_rows(one: Path, other: Path) -> bool:
    """Whether all tables have the same rows in the same order, but for where each capture lies."""
    for name in TABLES:
        first, second = (pq.read_table(folder / f"{name}.parquet") for folder in (one, other))
        columns = [each for each in first.column_names if each != "capture"]
        if not first.select(columns).equals(second.select(columns)):
            return False
    return True


def packed(raw: Path, kind: str, size: int = 9_000) -> Path:
    """The captures packed into several shards."""
    out = raw.with_name(f"packed-{kind}")
    done = run("pack", raw, out, "--format", kind, "--shard-size", str(size), cwd=raw.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(contents(out)) > 2
    return out


@pytest.mark.parametrize("kind", FORMATS)
def test_packing_changes_nothing_but_where_captures_lie(raw: Path, tmp_path: Path, kind: str) -> None:
    """Tables from packed captures have the rows of those from loose ones, and pass every check."""
    made = packed(raw, kind)
    loose = built("--raw", raw, "--out", tmp_path / "loose", cwd=tmp_path)
    for executor in ("serial", "processes"):
        from_packed = built("--raw", made, "--out", tmp_path / "tables", "--executor", executor, cwd=tmp_path)
        assert from_packed["rows"] == loose["rows"]
        told = ("issues", "comments_named", "comments_lost", "copies")
        assert [from_packed[name] for name in told] == [loose[name] for name in told]
        assert [each["confidence"] for each in from_packed["least_confident"]] == [
            each["confidence"] for each in loose["least_confident"]
        ]
        assert same_rows(tmp_path / "loose", tmp_path / "tables")
    done = run("check", "--tables", tmp_path / "tables", "--raw", made, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    places = pq.read_table(tmp_path / "tables/articles.parquet")["capture"].to_pylist()
    assert all(place.startswith("captures-0000") and f".{kind}#" in place for place in places)


def test_tables_of_many_small_shards_are_the_same_bytes(raw: Path, tmp_path: Path) -> None:
    """However the rows of packed files lie among each other, and whoever builds them, the tables are the same."""
    made = packed(raw, "parquet", 1)
    for executor in ("serial", "processes"):
        built("--raw", made, "--out", tmp_path / executor, "--executor", executor, cwd=tmp_path)
    assert contents(tmp_path / "serial") | {"build.json": b""} == contents(tmp_path / "processes") | {
        "build.json": b""
    }


@pytest.mark.parametrize("kind", FORMATS)
def test_packing_again_gives_the_same(raw: Path, kind: str) -> None:
    """The same captures give the same bytes, and so do captures that come from packed files of that kind."""
    made = packed(raw, kind)
    again = raw.with_name("again")
    assert run("pack", raw, again, "--format", kind, "--shard-size", "9000", cwd=raw.parent).returncode == 0
    assert contents(again) == contents(made)
    third = raw.with_name("third")
    assert run("pack", made, third, "--format", kind, "--shard-size", "9000", cwd=raw.parent).returncode == 0
    assert contents(third) == contents(made)


def test_a_packed_capture_is_shown(raw: Path) -> None:
    """Its address, its name and its article's id lead to it."""
    made = packed(raw, "jsonl.zst")
    (where,) = {
        name
        for name in (f"captures-0000{n}.jsonl.zst#paper/3.txt" for n in range(9))
        if run("show", name, "--raw", made, cwd=raw.parent).returncode == 0
    }
    for wanted in (where, "paper/3.txt", article_id("paper/3.txt")):
        shown = json.loads(run("show", wanted, "--raw", made, "--json", cwd=raw.parent).stdout)
        assert shown["capture"] == where
        assert shown["article"]["url"] == "https://paper.example/3"
        assert shown["lines"]
    none = run("show", made / "captures-00000.jsonl.zst", "--raw", made, cwd=raw.parent)
    assert none.returncode == 2
    assert "#RECORD" in none.stderr


def test_a_comment_leads_back_to_its_record(raw: Path, tmp_path: Path) -> None:
    """The raw text of a comment is cut out of the record that it came from; a changed record is told."""
    made = packed(raw, "parquet")
    built("--raw", made, "--out", tmp_path / "tables", cwd=tmp_path)
    opened = builder.open(tmp_path / "tables")
    comment = opened.comments.iloc[0]
    assert "".join(opened.raw_text(comment["comment_id"])) in comment["text"].replace("\n\n", "")
    for file in made.glob("captures-*"):
        table = pq.read_table(file)
        rows = table.to_pylist()
        texts = pa.array([row["text"] + " " * (row["encoding"] is None) for row in rows])
        pq.write_table(table.set_column(1, table.schema.field(1), texts), file)
    done = run("check", "--tables", tmp_path / "tables", "--raw", made, "--json", cwd=tmp_path)
    assert {fault["check"] for fault in json.loads(done.stdout)["faults"]} == {"changed"}


def test_loose_and_packed_captures_go_together(raw: Path, tmp_path: Path) -> None:
    """A raw folder may hold both; a name that is there twice is told with both places, and one is built."""
    made = packed(raw, "tar")
    for file in made.glob("captures-*"):
        file.rename(raw / file.name)
    (raw / "paper/7.txt").unlink()
    report = built("--raw", raw, "--out", tmp_path / "tables", cwd=tmp_path)
    # The binary one has no article; the one that is gone as a file has.
    assert report["rows"]["articles"] == len(list(raw.rglob("*.txt")))
    issues = pq.read_table(tmp_path / "tables/issues.parquet").to_pylist()
    twice = [row for row in issues if row["code"] == "duplicate_capture"]
    assert len(twice) == len(list(raw.rglob("*.txt")))
    assert "record 1 of captures-00000.tar has the name of " in " ".join(row["message"] for row in twice)
    assert "paper/7.txt" not in {row["capture"] for row in twice}


def test_damage_is_told_and_the_others_are_built(raw: Path, tmp_path: Path) -> None:
    """Shards that are cut or none at all, records without text or with a name twice are issues with their places."""
    made = packed(raw, "jsonl.zst")
    _, second, *_ = sorted(made.glob("captures-*"))
    second.write_bytes(second.read_bytes()[:-100])
    (made / "none.parquet").write_bytes(b"nothing")
    lines = [
        {"id": "a", "text": thread(1)},
        {"id": "a", "text": thread(2)},
        {"id": "b", "text": 5},
        {"text": "c"},
    ]
    (made / "own.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    report = built("--raw", made, "--out", tmp_path / "tables", cwd=tmp_path)
    assert report["code"] == 1
    issues = pq.read_table(tmp_path / "tables/issues.parquet").to_pylist()
    told = {(row["capture"], row["code"]): row["message"] for row in issues if row["severity"] == "error"}
    assert {place for place in told if place[0].startswith(("none", "own", "captures-00001"))} == {
        (second.name, "unreadable"), ("none.parquet", "unreadable"), ("own.jsonl#own/b", "unreadable"),
        ("own.jsonl", "unreadable"), ("own/a", "duplicate_capture"),
    }  # fmt: skip
    assert told["own.jsonl", "unreadable"].startswith("Record 4: It has no id")
    assert "record 2 of own.jsonl has the name of record 1 of own.jsonl" in told["own/a", "duplicate_capture"]
    assert report["rows"]["articles"] > 3
    assert run("check", "--tables", tmp_path / "tables", "--raw", made, cwd=tmp_path).returncode == 0


def test_one_more_packed_file_spares_the_others(raw: Path, tmp_path: Path) -> None:
    """A packed file that comes, changes or goes has its own captures parsed and no others."""
    made = packed(raw, "parquet")
    built("--raw", made, "--out", tmp_path / "tables", cwd=tmp_path)
    rows = {"id": [f"new/{number}" for number in range(3)], "text": [thread(number) for number in range(3)]}
    pq.write_table(pa.table(rows), made / "more.parquet")
    assert built("--raw", made, "--out", tmp_path / "tables", cwd=tmp_path)["redone"]["captures_parsed"] == 3
    last = max(made.glob("captures-*"))
    last.unlink()
    report = built("--raw", made, "--out", tmp_path / "tables", cwd=tmp_path)
    assert (report["redone"]["captures_parsed"], report["redone"]["written"]) == (0, True)
    built("--raw", made, "--out", tmp_path / "fresh", "--fresh", cwd=tmp_path)
    assert contents(tmp_path / "tables") == contents(tmp_path / "fresh")
    assert not built("--raw", made, "--out", tmp_path / "tables", cwd=tmp_path)["redone"]["written"]


@pytest.mark.parametrize("kind", ["loose", *FORMATS])
def test_a_capture_that_is_too_large_is_told(raw: Path, tmp_path: Path, kind: str) -> None:
    """A capture beyond the limit is an issue with its size, the limit and the cure; with more allowed it is built."""
    (raw / "paper/large.txt").write_text(thread(1, 300), encoding="utf-8")
    size = (raw / "paper/large.txt").stat().st_size
    made = raw if kind == "loose" else packed(raw, kind)
    words = ["--raw", made, "--out", tmp_path / "tables", "--max-capture-bytes"]
    report = built(*words, "20000", cwd=tmp_path)
    (told,) = [error for error in report["errors"] if error["capture"].endswith("paper/large.txt")]
    assert f"It has {size:,} bytes, and no capture may have more than 20,000." in told["message"]
    assert f"--max-capture-bytes {size}" in told["message"]
    assert report["issues"]["too_large"] == 1
    again = built(*words, str(size), cwd=tmp_path)
    assert "too_large" not in again["issues"]
    assert again["rows"]["articles"] == report["rows"]["articles"] + 1


def test_packing_tells_what_it_leaves_out(raw: Path) -> None:
    """What is too large or no capture stays behind and is told; nothing is written over or into the raw folder."""
    (raw / "paper/large.txt").write_text(thread(1, 300), encoding="utf-8")
    (raw / "paper/notes.md").write_text("notes", encoding="utf-8")
    out = raw.with_name("packed")
    done = run("pack", raw, out, "--max-capture-bytes", "20000", cwd=raw.parent)
    assert done.returncode == 1
    assert "paper/large.txt" in done.stdout
    assert "1 other file" in done.stdout
    for where in (out, raw / "inside", raw.parent):
        assert run("pack", raw, where, cwd=raw.parent).returncode == 2
    assert not (raw / "inside").exists()


def test_a_build_of_nothing_but_trouble_is_told(tmp_path: Path) -> None:
    """Where the only capture is too large, the tables are empty and the summary says why."""
    (tmp_path / "one.txt").write_text(thread(1), encoding="utf-8")
    done = run(
        "build",
        "--raw",
        tmp_path / "one.txt",
        "--out",
        tmp_path / "t",
        "--max-capture-bytes",
        "9",
        cwd=tmp_path,
    )
    assert done.returncode == 1
    assert "too_large" in done.stdout
