"""What is kept of a studio: apart for each dataset, for one user's eyes, and no longer than the process."""

import os
import stat
from pathlib import Path

import pytest

from builder.annotate.server.studio.state import (
    HOST,
    Account,
    Run,
    account,
    forget_run,
    running,
    studio_folder,
    write_account,
    write_run,
)
from builder.core.errors import DataError
from builder.core.processes import born
from builder.core.settings import Settings

LEAD = Account("studio-1", "lead@annotators.example", "a-password", "a-token", 8080, "1.23.2")


def test_each_dataset_has_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder follows from name and place of the dataset, and is a plain name whatever that holds."""
    monkeypatch.setenv("BUILDER_STUDIO_HOME", str(tmp_path / "home"))
    one, other = Settings(tmp_path / "a", name="my/threads ö"), Settings(tmp_path / "b", name="my/threads ö")
    assert studio_folder(one) == studio_folder(one)
    assert studio_folder(one) != studio_folder(other)
    assert studio_folder(one).parent == tmp_path / "home"


def test_without_a_home_it_is_below_the_users_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By default the data are where a user's data are kept, never in the dataset."""
    monkeypatch.delenv("BUILDER_STUDIO_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = studio_folder(Settings(tmp_path / "set"))
    assert folder.is_relative_to(tmp_path)
    assert not folder.is_relative_to(tmp_path / "set")


def test_the_account_is_kept_for_one_user(tmp_path: Path) -> None:
    """What is written is read again, can be read by its user alone, and shows no secret when printed."""
    assert account(tmp_path) is None
    write_account(tmp_path, LEAD)
    assert account(tmp_path) == LEAD
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
    assert "a-password" not in repr(LEAD)
    assert "a-token" not in repr(LEAD)


def test_only_the_same_process_is_running(tmp_path: Path) -> None:
    """A number alone is not enough: another process under it is not ours."""
    mine = Run(os.getpid(), born(os.getpid()), 8080, "2031-01-01T00:00:00Z")
    write_run(tmp_path, mine)
    assert running(tmp_path) == mine
    assert mine.url == f"http://{HOST}:8080/"
    write_run(tmp_path, Run(mine.pid, "another", mine.port, mine.since))
    assert running(tmp_path) is None
    forget_run(tmp_path)
    assert running(tmp_path) is None


def test_a_file_of_somebody_else(tmp_path: Path) -> None:
    """A file that we did not write is named, not guessed at."""
    (tmp_path / "account.json").write_text('{"hello": 1}', encoding="utf-8")
    with pytest.raises(DataError, match=r"account\.json"):
        account(tmp_path)


def test_a_long_name_has_a_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dataset's name may be longer than a file system takes."""
    monkeypatch.setenv("BUILDER_STUDIO_HOME", str(tmp_path))
    folder = studio_folder(Settings(tmp_path, name="ö" * 400))
    folder.mkdir()
    assert account(folder) is None
