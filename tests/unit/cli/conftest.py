"""The command line in this process, with the stand-in for the parser."""

import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import builder.run
from builder.cli import main, screen
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
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Call]:
    """Call the command with words: its exit code, standard output and standard error."""
    standin = types.ModuleType("builder.run.shard")
    vars(standin).update(build_shard=tables_of, weights_sha256=lambda: "0" * 64)
    monkeypatch.setitem(sys.modules, "builder.run.shard", standin)
    monkeypatch.setattr(builder.run, "shard", standin, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("BUILDER_DEBUG", raising=False)

    def run(*words: str) -> tuple[int, str, str]:
        for console in (screen.out, screen.err):
            console.cache_clear()
        monkeypatch.setattr(sys, "argv", ["builder", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    yield run
    for console in (screen.out, screen.err):
        console.cache_clear()
