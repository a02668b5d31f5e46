"""The command line in this process."""

import sys
from collections.abc import Callable, Iterator

import pytest

from builder.cli import main, screen

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Call]:
    """Call the command with words: its exit code, standard output and standard error."""
    monkeypatch.delenv("BUILDER_DEBUG", raising=False)

    def run(*words: str) -> tuple[int, str, str]:
        _forget_consoles()
        monkeypatch.setattr(sys, "argv", ["builder", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    yield run
    _forget_consoles()


def _forget_consoles() -> None:
    """A console keeps the stream that it was made for, and each test has streams of its own."""
    for console in (screen.out, screen.err):
        console.cache_clear()
