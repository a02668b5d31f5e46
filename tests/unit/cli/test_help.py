"""What the help of a command says fits the screen."""

from collections.abc import Iterator
from importlib import import_module

import click
import pytest

from builder.cli import verbs
from tests.unit.cli.conftest import Call


def groups(command: click.Command, *words: str) -> Iterator[tuple[tuple[str, ...], click.Group]]:
    """Each command that has others below it, with the words that call it."""
    if isinstance(command, click.Group):
        yield words, command
        for name, below in command.commands.items():
            yield from groups(below, *words, name)


def test_no_line_of_help_is_cut(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a screen of 80 columns every command in a list of commands has its whole line of help."""
    monkeypatch.setenv("COLUMNS", "80")
    found = [
        each for verb in verbs.VERBS for each in groups(import_module(f"builder.cli.{verb}").command, verb)
    ]
    assert len(found) > 6
    for words, _ in found:
        listed = call(*words, "--help")[1].partition("Commands:")[2]
        assert listed
        assert "..." not in listed, words
