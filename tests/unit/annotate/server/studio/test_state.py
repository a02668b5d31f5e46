"""What is kept of a studio: for one user's eyes, and no longer than the process."""

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
    write_account,
    write_run,
)
from builder.core.errors import DataError
from builder.core.processes import born

LEAD = Account("studio-1", "lead@annotators.example", "a-password", "a-token", 8080, "1.23.2")


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
