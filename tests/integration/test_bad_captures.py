"""Bad captures on the real command: each is told, and none stops the others."""

import json
import os
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.integration.command import built, call, captures, run, thread

GONE = """
import os, builder.run.corpus.pipeline as pipeline
find = pipeline.find_captures
def find_and_lose(root, *more):
    found = find(root, *more)
    os.remove(root / "paper/1.txt")
    return found
pipeline.find_captures = find_and_lose
"""


def codes(cwd: Path) -> dict[str, str]:
    """The code of each capture's first issue of level error, from the tables."""
    rows = pq.read_table(cwd / "data/tables/issues.parquet").to_pylist()
    return {row["capture"]: row["code"] for row in reversed(rows) if row["severity"] == "error"}


def test_an_unreadable_capture(tmp_path: Path) -> None:
    """A file and a folder that the user may not read are issues; the other captures are built."""
    captures(tmp_path / "data/raw", 4)
    captures(tmp_path / "data/raw", 2, "radio")
    (tmp_path / "data/raw/paper/1.txt").chmod(0)
    (tmp_path / "data/raw/radio").chmod(0)
    summary = built(cwd=tmp_path, powerless=True)
    (tmp_path / "data/raw/radio").chmod(0o755)
    assert (summary["code"], summary["rows"]["articles"]) == (1, 3)
    assert codes(tmp_path) == {"paper/1.txt": "unreadable", "radio": "unreadable"}


def test_a_capture_that_vanishes(tmp_path: Path) -> None:
    """A file that is removed between the listing and its turn is an issue; the other captures are built."""
    captures(tmp_path / "data/raw", 4)
    summary = built(cwd=tmp_path, before=GONE)
    assert (summary["code"], summary["rows"]["articles"]) == (1, 3)
    assert codes(tmp_path) == {"paper/1.txt": "vanished"}


def test_a_loop_of_links(tmp_path: Path) -> None:
    """Links that lead back up are told and not followed for ever."""
    raw = captures(tmp_path / "data/raw", 3)
    (raw / "paper/again").symlink_to(raw)
    (raw / "self.txt").symlink_to("self.txt")
    summary = built(cwd=tmp_path)
    assert (summary["code"], summary["rows"]["articles"]) == (1, 3)
    assert codes(tmp_path) == {"paper/again": "link_loop", "raw/self.txt": "link_loop"}


def test_equal_names_in_different_folders(tmp_path: Path) -> None:
    """Captures of one name in different folders are different articles."""
    for source in ("paper", "radio", "paper/2031"):
        captures(tmp_path / "data/raw", 1, source)
    summary = built(cwd=tmp_path)
    assert (summary["code"], summary["rows"]["articles"], summary["n_errors"]) == (0, 3, 0)


@pytest.mark.parametrize(
    "content", ['{"url": 3}', '{"published": "2031-01-01"}', "{", '{"published_at": "spring"}', "\udcff"]
)
def test_a_side_file_that_breaks_its_schema(tmp_path: Path, content: str) -> None:
    """A side file that breaks its schema is an error; its capture is built without it."""
    raw = captures(tmp_path / "data/raw", 2)
    (raw / "paper/0.txt.meta.json").write_bytes(content.encode(errors="surrogateescape"))
    (raw / "paper/1.meta.json").write_text(json.dumps({"language": "de"}), encoding="utf-8")
    summary = built(cwd=tmp_path)
    assert (summary["code"], summary["rows"]["articles"]) == (1, 2)
    assert codes(tmp_path) == {"paper/0.txt": "meta_invalid"}


def test_read_only_captures(tmp_path: Path) -> None:
    """Nothing is ever written where the captures are."""
    raw = captures(tmp_path / "raw", 2)
    for folder in (raw / "paper", raw):
        folder.chmod(0o555)
    summary = built("--raw", raw, "--out", tmp_path / "out", cwd=tmp_path, powerless=True)
    for folder in (raw, raw / "paper"):
        folder.chmod(0o755)
    assert (summary["code"], summary["rows"]["articles"]) == (0, 2)


def test_a_capture_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    """Escape sequences in text, author and file name are spelt on the screen, never sent."""
    name = "paper/\x1b[2J.txt"
    (tmp_path / "data/raw/paper").mkdir(parents=True)
    (tmp_path / "data/raw" / name).write_text(
        "\x1b]0;title\x07 " + thread(1) + "\n\n\nA\u202ereversed\n\nBad \x9b31m \x1b[31mred.\n",
        encoding="utf-8",
    )
    for words in (["build"], ["show", name], ["show", name, "--comments"], ["status"], ["check"]):
        done = run(*words, cwd=tmp_path)
        assert done.stdout
        assert not set(done.stdout + done.stderr) & set("\x1b\x07\x9b\u202e")


def test_a_missing_capture_in_show(tmp_path: Path) -> None:
    """Asked for a capture that is not there, the command names those that are close."""
    captures(tmp_path / "data/raw", 2)
    done = run("show", "paper/11.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "paper/1.txt" in done.stderr


def test_a_pipe_that_closes(tmp_path: Path) -> None:
    """When whoever reads the output has had enough, the command ends without a word."""
    captures(tmp_path / "data/raw", 1)
    reader, writer = os.pipe()
    os.close(reader)
    with subprocess.Popen(
        call("show", "paper/0.txt"), cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE
    ) as shown:
        os.close(writer)
        said = shown.communicate(timeout=60)[1]
    assert (said, shown.returncode) == (b"", 0)
