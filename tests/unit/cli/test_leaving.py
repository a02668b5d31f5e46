"""What the command says when something is withdrawn, purged, exported, published or lifted."""

import json
from pathlib import Path

import pytest

from builder.core.settings import Settings
from tests.unit.cli.conftest import Call
from tests.unit.run.released import SAID, comment, cut_release, released_dataset
from tests.unit.run.releasing.test_migrating import age

MINE = comment(SAID)["comment_id"]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A dataset with labels, in which one stands."""
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BUILDER_STUDIO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)
    return released_dataset(tmp_path)


@pytest.mark.parametrize("verb", ["withdraw", "purge", "publish", "export", "migrate"])
def test_every_verb_has_examples(command_line: Call, verb: str) -> None:
    """The help of each verb says what it does and shows calls of it."""
    code, said, _ = command_line(verb, "--help")
    assert code == 0
    assert f"\nExamples:\n  builder {verb}" in said


def test_a_withdrawal_needs_a_reason(settings: Settings, command_line: Call) -> None:
    """Whoever names a unit has to say why, in a word of the closed list."""
    code, _, wrong = command_line("withdraw", MINE)
    assert (code, "Say why" in wrong) == (2, True)
    assert command_line("withdraw", MINE, "--reason", "because")[0] == 2
    assert not settings.withdrawals_file.exists()


def test_a_withdrawal_tells_what_it_did_and_what_is_left(settings: Settings, command_line: Call) -> None:
    """People hear how much left, where it stood and stands, who quotes it, and what comes next."""
    code, said, _ = command_line("withdraw", MINE, "--reason", "person-asked", "--no-server")
    assert code == 0
    for words in (
        "Withdrawn: 2 units; away in all: 2 comments, 0 articles, 0 authors.",
        "ledger    data/withdrawals.jsonl",
        "lines overwritten",
        "data/raw/herald/one.txt, lines ",
        "These quote it or name its author",
        "builder purge RELEASE",
        "Next  builder merge, then builder aggregate, then builder report, then builder release",
    ):
        assert words in said
    assert settings.withdrawals_file.exists()


def test_a_dry_run_says_would(settings: Settings, command_line: Call) -> None:
    """A dry run tells the same with no doubt that nothing was done, and machines hear so."""
    said = command_line("withdraw", MINE, "--reason", "error", "--no-server", "--dry-run")[1]
    assert said.startswith("Would withdraw 2 units")
    told = json.loads(
        command_line("withdraw", MINE, "--reason", "error", "--no-server", "--dry-run", "--json")[1]
    )
    assert (told["dry_run"], told["server"], len(told["entries"])) == (True, None, 2)
    assert not settings.withdrawals_file.exists()


@pytest.mark.usefixtures("settings")
def test_a_server_that_is_not_there_is_complained_of(command_line: Call) -> None:
    """Where the server is not up all else is done, and the exit code says that something is left."""
    code, said, wrong = command_line("withdraw", MINE, "--reason", "error")
    assert code == 1
    assert said.startswith("Withdrawn: 2 units")
    assert "The server still has it" in wrong
    assert "builder withdraw" in wrong


def test_a_purge_tells_how_many_rows_left(settings: Settings, command_line: Call) -> None:
    """People hear how many units and rows left a release, and where the purged one is."""
    old = cut_release(settings)
    command_line("withdraw", MINE, "--reason", "error", "--no-server")
    command_line("merge")
    table = str(cut_release(settings) / "data/withdrawn.parquet")
    code, said, _ = command_line("purge", str(old), "--with", table)
    assert code == 0
    assert "Purged version 0.1.0: 2 comments, 0 articles, 0 authors." in said
    assert "labels" in said
    assert old.with_name(f"{old.name}-purged").is_dir()
    told = json.loads(command_line("purge", str(old), "--with", table, "--in-place", "--json")[1])
    assert told["units"]["comment"] == 2
    code, _, wrong = command_line("purge", str(old), "--with", table)
    assert (code, "no need to purge" in wrong) == (2, True)


def test_versions_name_releases(settings: Settings, command_line: Call) -> None:
    """A version of the dataset at hand is as good as the folder of its release, for each verb that takes one."""
    cut_release(settings)
    command_line("withdraw", MINE, "--reason", "error", "--no-server")
    cut_release(settings)
    assert command_line("purge", "0.1.0", "--with", "0.2.0")[0] == 0
    assert (settings.releases_dir / "tiny-private-0.1.0-purged").is_dir()
    assert command_line("export", "csv", "--from", "0.2.0", "--out", "csv")[0] == 0
    assert "tiny-private-0.2.0 is of the tier private" in command_line("publish", "0.2.0", "--to", "there")[2]
    code, _, wrong = command_line("purge", "9.9.9", "--with", "0.2.0")
    assert (code, "9.9.9 is not there" in wrong) == (2, True)


@pytest.mark.usefixtures("settings")
def test_an_export_tells_its_files(command_line: Call) -> None:
    """People hear which files were written, and that tables of the house are not to be passed on."""
    code, said, _ = command_line("export", "csv", "--out", "out")
    assert code == 0
    assert "Exported as csv" in said
    assert "comments.csv" in said
    assert "private columns among them" in said
    code, _, wrong = command_line("export", "jsonl", "--out", "out")
    assert (code, "is there already" in wrong) == (1, True)
    told = json.loads(command_line("export", "sqlite", "--out", "other", "--json")[1])
    assert list(told["files"]) == ["tiny.sqlite"]


def test_a_migration_tells_versions(settings: Settings, command_line: Call) -> None:
    """People hear from which version to which tables were lifted, and when there is nothing to do."""
    assert "Nothing to lift" in command_line("migrate")[1]
    age(settings.merged_dir, "rejects", "1.0.0")
    assert "Would lift 1 table." in command_line("migrate", "--dry-run")[1]
    assert "1.0.0 to 1.1.0" in command_line("migrate")[1]
    assert json.loads(command_line("migrate", "--json")[1]) == {"lifted": [], "dry_run": False}
