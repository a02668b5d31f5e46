"""Rounds on disk: what is found, what is refused, and that one command at a time changes them."""

from pathlib import Path
from shutil import copytree

import pytest

from builder.annotate.planning.rounds import planned
from builder.annotate.planning.sample import Candidate
from builder.annotate.planning.terms import Terms
from builder.annotate.questionnaire.questions import LabelConfig
from builder.core.errors import Busy, DataError, UsageError
from builder.core.lock import locked
from builder.core.settings import Settings
from builder.run.annotation.rounds import all_rounds, keep_round, read_round, round_configs, round_names
from builder.run.annotation.widening import add_to_round, close_round

CONFIG = LabelConfig("mood", "Mood", "comment", "<View/>", "0" * 64, (), ())
ROUND = planned("pilot", CONFIG, Terms(), [Candidate("c1", "a1", 1, 0.5, {})])


@pytest.fixture
def rounds(tmp_path: Path) -> Path:
    """A folder of rounds with one in it."""
    folder = tmp_path / "data" / "rounds"
    keep_round(folder, ROUND, CONFIG)
    return folder


def test_a_backup_is_no_round(rounds: Path) -> None:
    """A copy under a name that no round can have is passed over."""
    copytree(rounds / "pilot", rounds / "pilot copy")
    assert round_names(rounds) == ("pilot",)
    assert all_rounds(rounds) == (ROUND,)


def test_a_copy_is_not_taken_for_a_round(rounds: Path) -> None:
    """A copy under a name that a round can have would count everything twice, and is refused."""
    copytree(rounds / "pilot", rounds / "pilot2")
    with pytest.raises(DataError, match="pilot2 holds the plan of round pilot"):
        all_rounds(rounds)


@pytest.mark.parametrize("name", ["round.json", "tasks.json"])
@pytest.mark.parametrize("content", [b"", b"[", b"[]", b"{}", b"null", b'[{"unit_id": "c1"}]', b"\xff"])
def test_a_damaged_plan_is_told_once(rounds: Path, name: str, content: bytes) -> None:
    """A plan that lost something is an error that names the folder and says its cure once."""
    (rounds / "pilot" / name).write_bytes(content)
    with pytest.raises(DataError) as told:
        read_round(rounds, "pilot")
    assert str(rounds / "pilot") in str(told.value)
    assert str(told.value).count("Put back") == 1


def test_a_config_that_is_no_text_is_told(rounds: Path) -> None:
    """The config of a round that is not UTF-8 any more is an error with its place."""
    (rounds / "pilot" / "config.xml").write_bytes(b"\xff\xfe")
    with pytest.raises(DataError, match=r"config\.xml cannot be read"):
        round_configs(rounds)


def test_one_at_a_time(rounds: Path) -> None:
    """While a push is under way no other command changes rounds."""
    with locked(rounds), pytest.raises(Busy, match="rounds is being written"):
        close_round(Settings(root=rounds.parent.parent), "pilot")


@pytest.mark.parametrize("name", ["", " ", "Ünal", "big bob", "a@b@c"])
def test_nobody_is_asked_who_can_have_no_account(rounds: Path, name: str) -> None:
    """A name that no account can have is refused before anything is planned for it."""
    with pytest.raises(UsageError, match="is no address"):
        add_to_round(Settings(root=rounds.parent.parent), "pilot", name)
    assert read_round(rounds, "pilot") == ROUND
