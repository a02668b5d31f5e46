"""The help: every verb is listed, has examples, and fits the screen."""

from collections.abc import Iterator
from importlib import import_module

import click
import pytest

from builder.cli import verbs
from tests.unit.cli.conftest import Call


@pytest.mark.parametrize(
    "verb", ["build", "show", "check", "status", "schema", "datasheet", "init", "agreement", "aggregate"]
)
def test_every_verb_has_examples(call: Call, verb: str) -> None:
    """The help of each verb says what it does and shows calls of it."""
    code, said, _ = call(verb, "--help")
    assert code == 0
    assert f"\nExamples:\n  builder {verb}" in said


def test_help_lists_the_verbs_without_loading_them(call: Call) -> None:
    """The help of the command lists each verb whose module is there."""
    code, said, _ = call("--help")
    assert code == 0
    assert all(f"  {verb} " in said for verb in ("build", "show", "check", "status", "schema", "init"))


def test_every_listed_verb_is_a_command() -> None:
    """Each verb of the list is the name of its command."""
    found = [verb for verb in verbs.VERBS if verbs.find_spec(f"builder.cli.{verb}")]
    assert all(import_module(f"builder.cli.{verb}").command.name == verb for verb in found)


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
