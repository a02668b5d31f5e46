"""The bar and the spinner: for work that lasts, and only where somebody watches."""

import io

import pytest
from rich.console import Console

from builder.cli import progress
from builder.cli.progress import progress_bar, spinner


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What a person at a terminal sees."""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=120)
    monkeypatch.setattr(progress, "err", lambda: console)
    return screen


def test_short_work_shows_no_bar(terminal: io.StringIO) -> None:
    """Work that is done within two seconds prints nothing."""
    with progress_bar("Building", wanted=True) as tell:
        assert tell
        tell(1, 1, "all")
    assert terminal.getvalue() == ""


def test_long_work_shows_a_bar(terminal: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that lasts shows how far it is."""
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    with progress_bar("Building", wanted=True) as tell:
        assert tell
        tell(3, 4, "three of four")
    assert "Building" in terminal.getvalue()
    assert "75%" in terminal.getvalue()
    assert "three of four" in terminal.getvalue()


def test_no_terminal_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is told to a file, nor where machines read."""
    monkeypatch.setattr(progress, "err", lambda: Console(file=io.StringIO(), force_terminal=False))
    with progress_bar("Building", wanted=True) as tell:
        assert tell is None
    monkeypatch.setattr(progress, "err", lambda: Console(file=io.StringIO(), force_terminal=True))
    with progress_bar("Building", wanted=False) as tell:
        assert tell is None


def test_a_spinner_says_what_is_done(terminal: io.StringIO) -> None:
    """At a terminal each step is shown with the time that it has taken."""
    with spinner() as say:
        say("Installing")
        say("Starting")
    assert "Installing" in terminal.getvalue()
    assert "0:00:00" in terminal.getvalue()


def test_no_terminal_a_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody watches, each step is a line."""
    screen = io.StringIO()
    monkeypatch.setattr(progress, "err", lambda: Console(file=screen))
    with spinner() as say:
        say("Installing")
        say("Starting")
    assert screen.getvalue() == "Installing ...\nStarting ...\n"
