"""What ``builder merge`` and ``builder status`` say to a person and to a machine."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.cli.merge import _CURES
from builder.contracts.catalogue import table
from tests.unit.annotate.pulled import BOB, Pulled, choice
from tests.unit.run.archived import archived

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pulled:
    """A dataset in which one stands, with an answer, one of another's, and one of no known option."""
    pulled = Pulled()
    task = pulled.task()
    pulled.annotation(task, updated_by=BOB)
    pulled.annotation(task, (choice("tone", "mad"),), who=BOB)
    archived(tmp_path, pulled)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "150")
    return pulled


@pytest.mark.usefixtures("merged")
def test_a_person_reads_what_became_of_the_answers(command_line: Call) -> None:
    """Each status and each reason is told with its number, its meaning and what to do; rejects are no failure."""
    code, said, _ = command_line("merge")
    assert code == 0
    for words in ("2 pulled versions", "It counts", "breaks the schema", "plan a new round", "somebody else"):
        assert words in said
    assert "ann@annotators.example: 1 of 1 done" in command_line("status")[1]


@pytest.mark.usefixtures("merged")
def test_a_machine_reads_the_sum(command_line: Call) -> None:
    """The JSON has the counts and nothing else."""
    code, said, _ = command_line("merge", "--json")
    expected = {"pulled": 2, "merged": 1, "rejected": 1, "superseded": 0, "drafts": 0, "skipped": 0}
    assert (code, json.loads(said)) == (0, expected)


def test_without_a_pull_the_cure_is_told(
    command_line: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is nothing to merge the command says what to do first."""
    monkeypatch.chdir(tmp_path)
    code, _, said = command_line("merge")
    assert (code, "builder pull" in said) == (1, True)


def test_every_reason_has_something_to_do() -> None:
    """No reason of the closed list is told without a way out."""
    assert set(_CURES) == set(table("rejects").column("reason").enum)
