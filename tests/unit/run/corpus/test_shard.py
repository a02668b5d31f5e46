"""Shard: some captures in, their rows and issues out, and one bad capture spoils none."""

from hashlib import sha256
from pathlib import Path

import pytest

from builder.core.captures import CaptureFile
from builder.core.ids import article_id
from builder.run.corpus import inputs as inputs_module
from builder.run.corpus.inputs import read_inputs
from builder.run.corpus.shard import build_shard
from tests.unit.run.on_disk import shard, shard_of

ARTICLE = (
    "Bridge Shelled for a Third Night\n\n"
    "Artillery fire struck the road bridge for the third night running, engineers on both banks said on Tuesday.\n\n"
    "The bridge is the last crossing that has stayed open since the border was closed in January, they said.\n"
)
OPINION = "I have lived beside this bridge for thirty years, and I tell you that nobody will ever mend it!"
THREAD = f"\n\nAnn Lee\n\n{OPINION}\n\n\nWhat do you know about it?\n"
WHOLE = ARTICLE + THREAD


def issues(text: str) -> list[tuple[str, str, str | None]]:
    """Code, severity and cut-out text of every issue of a capture."""
    rows = shard_of(text).issues.to_pylist()
    return [
        (
            row["code"],
            row["severity"],
            None if row["char_start"] is None else text[row["char_start"] : row["char_end"]],
        )
        for row in rows
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (WHOLE, []),
        (ARTICLE, [("no_comments", "info", None)]),
        (f"{OPINION} :-)\n\n\nWhat?\n\n\nNo!\n\n\nYou fool, go home!\n", [("no_article", "warning", None)]),
        ("Bridge Shelled\n", [("headline_only", "info", None)]),
        ("", [("empty", "warning", None)]),
        (" \n\n\t\n", [("empty", "warning", None)]),
        (WHOLE + "\nBob Ruskin\n", [("comments_lost", "warning", "Bob Ruskin")]),
        (WHOLE + "\n" * 5 + "Please read the article again!\n", [("comments_lost", "warning", "\n" * 6)]),
        (WHOLE + "\n" * 3 + "Bob Ruskin\n\nRead it again!\n", [("comments_lost", "warning", "\n" * 4)]),
    ],
    ids=[
        "whole",
        "no comments",
        "comments only",
        "headline",
        "empty",
        "blank",
        "lone author",
        "five",
        "three",
    ],
)
def test_what_is_odd_is_a_row(text: str, found: list[tuple[str, str, str | None]]) -> None:
    """Each odd capture has just the issue that it should have, and cuts out the place it speaks of."""
    assert issues(text) == found


def test_a_dump_is_told() -> None:
    """A capture whose lines no blank lines part is parsed all the same, and is an issue."""
    dumped = WHOLE.replace("\n\n", "\n")
    assert ("page_dump", "warning", None) in issues(dumped)
    assert shard_of(dumped).articles["layout"].to_pylist() == ["dump"]


def test_the_source_of_a_page_is_told() -> None:
    """A file that holds HTML is parsed as what it is, and its issue says that it is no text."""
    found = shard_of("<!doctype html>\n\n<p>One.</p>\n\n\n<p>Two.</p>\n").issues.to_pylist()
    assert ["HTML" in row["message"] for row in found if row["code"] == "page_dump"] == [True]


def test_the_sizes_of_gaps_are_told() -> None:
    """The message on a swallowed comment says how many blank lines stand there."""
    made = shard_of(WHOLE + "\n" * 5 + "Please read the article again!\n")
    assert made.issues["message"].to_pylist()[0].startswith("5 blank lines between comments")
    assert made.comments["gap_before"].to_pylist()[-1] == 5


def test_a_capture_knows_where_it_is_from() -> None:
    """Id, source, name, hash and encoding are those of the file."""
    (row,) = shard({"herald/x/one.txt": WHOLE.encode("utf-16")}).articles.to_pylist()
    assert row["article_id"] == article_id("herald/x/one.txt")
    assert (row["source"], row["capture"], row["encoding"]) == ("herald", "herald/x/one.txt", "utf-16-le")
    assert row["raw_sha256"] == sha256(WHOLE.encode("utf-16")).hexdigest()


def test_bad_captures_spoil_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is binary, undecodable, gone, no file or too large is one issue each; the others are built."""
    monkeypatch.setattr(inputs_module, "MOST", 5_000)
    content = {
        "good": WHOLE.encode(),
        "binary": bytes(range(32)) * 9 + b"\xff",
        "cut": b"\xff\xfea",
        "large": b"x" * 5_001,
    }
    for name, data in content.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder").mkdir()
    names = [*content, "gone", "folder"]
    files = [
        CaptureFile(
            article_id(f"h/{name}"), f"h/{name}", "h", str(tmp_path / name), len(content.get(name, b"")), None
        )
        for name in names
    ]
    made = build_shard(read_inputs(files))
    codes = {row["capture"]: row["code"] for row in made.issues.to_pylist()}
    assert codes == {
        "h/binary": "binary", "h/cut": "undecodable", "h/large": "too_large",
        "h/gone": "vanished", "h/folder": "unreadable",
    }  # fmt: skip
    assert made.articles["capture"].to_pylist() == ["h/good"]
    assert made.comments.num_rows == 2


def meta(content: bytes) -> dict[str, bytes]:
    """A capture with this side file."""
    return {"herald/one.txt": WHOLE.encode(), "herald/one.txt.meta.json": content}


def test_a_side_file_fills_its_columns() -> None:
    """Address, time, licence and language come from the side file; a source there signs the authors as well."""
    said = (
        b'{"url": "https://herald.example/1", "published_at": "2031-04-17T10:00:00+02:00", "language": "en",'
    )
    made = shard(meta(said + b' "source": "evening-herald", "licence": "CC0-1.0"}'))
    (row,) = made.articles.to_pylist()
    assert (row["url"], row["licence"], row["lang"]) == ("https://herald.example/1", "CC0-1.0", "en")
    assert row["published_at"].isoformat() == "2031-04-17T08:00:00+00:00"
    assert (row["source"], row["article_id"]) == ("evening-herald", article_id("herald/one.txt"))
    assert made.names["source"].to_pylist() == ["evening-herald"]
    assert made.issues.num_rows == 0


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"author": "Ann"}', b'{"url": 1, "language": "en"}', b"\xff"]
)
def test_a_faulty_side_file_is_left_aside(content: bytes) -> None:
    """A side file with a fault is an issue, none of it is used, and the capture is built without it."""
    made = shard(meta(content))
    assert set(made.issues["code"].to_pylist()) == {"meta_invalid"}
    assert all(said.startswith("Its side file") for said in made.issues["message"].to_pylist())
    assert "capture_meta" not in str(made.issues["message"].to_pylist())
    plain = shard({"herald/one.txt": WHOLE.encode()})
    assert made.articles == plain.articles
    assert made.comments == plain.comments


def test_no_captures_are_empty_tables() -> None:
    """A shard of nothing has tables without rows."""
    made = build_shard([])
    assert {made.articles.num_rows, made.comments.num_rows, made.segments.num_rows, made.issues.num_rows} == {
        0
    }
