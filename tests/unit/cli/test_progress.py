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


def test_a_log_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody watches, work that lasts says how far it is and how long the rest will take."""
    screen, now = io.StringIO(), [0.0]
    monkeypatch.setattr(progress, "err", lambda: Console(file=screen, force_terminal=False))
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    with progress_bar("Building", wanted=True) as tell:
        for done in range(101):
            now[0] = 1.2 * done
            tell(done, 100, f"{done} of 100")
    lines = screen.getvalue().splitlines()
    assert lines[0] == "Building: 25 %, 25 of 100; 1.5 minutes left"
    assert [line.split()[1] for line in lines] == ["25", "50", "75", "100"]


def test_machines_are_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is told where machines read."""
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
