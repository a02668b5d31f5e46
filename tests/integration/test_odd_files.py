"""Odd files on the real command: each is built or told, its tables hold, and its neighbours are untouched."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.integration.command import built, captures, run

PAGE = (
    "Die Fähre über den Wendel fällt aus\n\nDie Überfahrt ist seit Montag gesperrt, sagt die Reederei. "
    "Für die Schüler fährt ein Bus über Süßbrück.\n\nAm Dienstag soll es „wohl“ weitergehen.\n\n\n"
    "Käthe vom Ufer\n\nIch glaube es erst, wenn ich drüben bin.\n\n\nNächste Woche also. Bestimmt.\n"
)
COMMENTS_ALONE = "\n\n".join(
    f"{name}\n\n{text}"
    for name, text in (
        ("old_ferryman", "I said it would come to this! And who listened to me? Nobody."),
        ("Reedwalker", "Did you? When? I was there and you said nothing at all!"),
        ("old_ferryman", "You were asleep in the boat :)"),
        ("Aunt Pell", "Be nice, you two. Thanks for the ride!"),
        ("Reedwalker", "Always. See you on Monday?"),
    )
)
ODD = {
    "cp1252": (PAGE.encode("cp1252"), "cp1252", {"recoded"}),
    "utf16": (PAGE.encode("utf-16"), "utf-16-le", {"recoded", "byte_order_mark"}),
    "utf16be": (PAGE.encode("utf-16-be"), "utf-16-be", {"recoded"}),
    "mark": (b"\xef\xbb\xbf" + PAGE.encode(), "utf-8", {"byte_order_mark"}),
    "crlf": (PAGE.replace("\n", "\r\n").encode(), "utf-8", {"line_ends"}),
    "cr": (PAGE.replace("\n", "\r").encode(), "utf-8", {"line_ends"}),
    "nul": (PAGE.replace("Montag", "Mon\0tag").encode(), "utf-8", {"nul_replaced"}),
    "mixed": (
        PAGE.encode().replace("Käthe".encode(), "Käthe".encode("cp1252")),
        "utf-8+cp1252",
        {"mixed_encoding"},
    ),
}


def rows(folder: Path, name: str) -> list[dict[str, object]]:
    """The rows of a table."""
    found: list[dict[str, object]] = pq.read_table(folder / f"data/tables/{name}.parquet").to_pylist()
    return found


def put(folder: Path, name: str, data: bytes) -> str:
    """Put a capture beside others; its name."""
    file = folder / "data/raw/odd" / f"{name}.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return f"odd/{name}.txt"


@pytest.mark.parametrize("name", ODD)
def test_any_encoding_reads_the_same(tmp_path: Path, name: str) -> None:
    """However a page was written, the same comments come out, and how it was read stands in the tables."""
    data, encoding, codes = ODD[name]
    capture = put(tmp_path, name, data)
    assert built(cwd=tmp_path)["code"] == 0
    (article,) = rows(tmp_path, "articles")
    assert (article["encoding"], article["capture"]) == (encoding, capture)
    said = [(row["author_name"], row["text"]) for row in rows(tmp_path, "comments")]
    assert said == [
        ("Käthe vom Ufer", "Ich glaube es erst, wenn ich drüben bin."),
        (None, "Nächste Woche also. Bestimmt."),
    ]
    assert {row["code"] for row in rows(tmp_path, "issues")} == codes
    assert run("check", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("data", "code", "exit_code"),
    [
        (b"", "empty", 0),
        (b"\n \n\t\n", "empty", 0),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8, "binary", 1),
        (PAGE.split("\n", maxsplit=1)[0].encode() + b"\n", "headline_only", 0),
        (PAGE.split("\n\n\n", maxsplit=1)[0].encode() + b"\n", "no_comments", 0),
        (COMMENTS_ALONE.encode() + b"\n", "no_article", 0),
    ],
)
def test_what_lacks_a_part_is_told(tmp_path: Path, data: bytes, code: str, exit_code: int) -> None:
    """An empty file, a binary one, one without an article or without comments is an issue; others go on."""
    captures(tmp_path / "data/raw", 3)
    capture = put(tmp_path, "one", data)
    summary = built(cwd=tmp_path)
    assert (summary["code"], summary["captures"]) == (exit_code, 4)
    assert {row["code"] for row in rows(tmp_path, "issues") if row["capture"] == capture} == {code}
    assert len([row for row in rows(tmp_path, "articles") if row["capture"] != capture]) == 3
    assert run("check", cwd=tmp_path).returncode == 0


def test_a_very_large_capture(tmp_path: Path) -> None:
    """A file of 200 MB, where captures may be that large, is built like any other, beside small ones."""
    captures(tmp_path / "data/raw", 2)
    paragraph = "The crane stands still and nobody in the council knows why it does not move. " * 400
    comment = f"\n\n\nReedwalker\n\n{paragraph}"
    put(tmp_path, "large", f"A headline\n\n{paragraph}{comment * (200_000_000 // len(comment))}\n".encode())
    assert (tmp_path / "data/raw/odd/large.txt").stat().st_size > 199_000_000
    summary = built("--max-capture-bytes", "201000000", cwd=tmp_path)
    assert (summary["code"], summary["captures"]) == (0, 3)
    (article,) = [row for row in rows(tmp_path, "articles") if row["capture"] == "odd/large.txt"]
    last = [row for row in rows(tmp_path, "segments") if row["article_id"] == article["article_id"]][-1]
    assert last["char_end"] == (tmp_path / "data/raw/odd/large.txt").stat().st_size
    assert article["n_comments"] == 200_000_000 // len(comment)


def test_the_issues_are_in_the_summary(tmp_path: Path) -> None:
    """What the tables say of odd files, the summary of the build says too."""
    put(tmp_path, "empty", b"")
    put(tmp_path, "good", PAGE.encode())
    summary = built(cwd=tmp_path)
    assert summary["issues"] == {"empty": 1}
    assert json.loads(run("show", "odd/good.txt", "--json", cwd=tmp_path).stdout)["issues"] == []
