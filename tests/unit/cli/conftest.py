"""The command line in this process, with the stand-in for the parser."""

import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

import builder.run
from tests.unit.run.standin import tables_of

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three captures and an empty one, in which one stands."""
    for name, text in {
        "paper/a.txt": "Crane stands still\nAnn: a [bold]crane[/bold]\nno name here\nANN: again",
        "paper/b.txt": "Fish rots\nBob: it stinks\x1b[31m",
        "radio/c.txt": "Nobody comments",
        "radio/empty.txt": "",
    }.items():
        (tmp_path / "data/raw" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "data/raw" / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, command_line: Call) -> Call:
    """Call the command with words, the stand-in for the parser in its place."""
    standin = types.ModuleType("builder.run.corpus.shard")
    vars(standin).update(
        build_shard=tables_of, ShardWork=lambda *_: tables_of, weights_sha256=lambda: "0" * 64
    )
    monkeypatch.setitem(sys.modules, "builder.run.corpus.shard", standin)
    monkeypatch.setattr(builder.run, "shard", standin, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    return command_line
