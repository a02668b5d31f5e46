"""Errors: one catch-all, a message for people, a traceback for those who ask for it."""

from pathlib import Path

import pytest

from builder.core.errors import Busy, OutputError
from builder.run.corpus import pipeline, renewal
from tests.unit.cli.conftest import Call


@pytest.fixture
def broken(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset on which every build meets an error that nobody foresaw."""

    def fail(*_words: object) -> None:
        raise ZeroDivisionError("one by \x1b[31mnought")

    monkeypatch.setattr(renewal, "write_record", fail)
    return dataset


@pytest.mark.usefixtures("broken")
def test_a_bug_is_called_a_bug(call: Call) -> None:
    """An error that nobody foresaw is told in short as a bug, with how to see more, harmlessly."""
    code, said, complaint = call("build")
    assert (code, said) == (70, "")
    assert "bug of the builder" in complaint
    assert "ZeroDivisionError" in complaint
    assert "BUILDER_DEBUG=1" in complaint
    assert "Traceback" not in complaint
    assert "\x1b" not in complaint


@pytest.mark.usefixtures("broken")
def test_a_traceback_is_shown_on_demand(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --debug, or BUILDER_DEBUG=1, one sees where a bug came from."""
    monkeypatch.setenv("BUILDER_DEBUG", "0")
    assert "Traceback" in call("--debug", "build")[2]
    monkeypatch.setenv("BUILDER_DEBUG", "1")
    assert "Traceback" in call("build")[2]


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(
    ("error", "code"),
    [(Busy("Wait."), 1), (OutputError("Full."), 1), (KeyboardInterrupt(), 130), (BrokenPipeError(), 0)],
)
def test_each_error_has_its_exit_code(
    call: Call, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    """An error of the builder, Ctrl-C and a closed pipe each end the command in their own way."""

    def fail(*_words: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "find_captures", fail)
    monkeypatch.setattr("builder.cli.silence", lambda _stream: None)
    ended, _, complaint = call("build")
    assert ended == code
    assert "Traceback" not in complaint
