"""The data of a studio of one's own: for its user alone, backed up, brought back, opened by new passwords."""

import json
import os
import re
import signal
import stat
import subprocess
from pathlib import Path
from select import select

import pytest

from builder.annotate.server.studio.accounts import legacy_token
from builder.core.errors import Refused
from tests.integration.command import call, run
from tests.integration.own_studio import environ, found, said, server, up


def test_what_belongs_to_one_user(place: Path) -> None:
    """Everything that opens the studio can be read by its user alone; the dataset has the name of its folder only."""
    up(place)
    folder = Path(found(place)["folder"])
    (claim,) = (file for file in place.rglob("*") if file.is_file() and file.suffix != ".lock")
    assert json.loads(claim.read_bytes()) == {"folder": folder.name}
    assert stat.S_IMODE(claim.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    secret = [folder / name for name in ("account.json", "run.json", "server.log", "data/.env")]
    assert {stat.S_IMODE(each.stat().st_mode) for each in secret} == {0o600}


def test_no_token_in_the_log(place: Path) -> None:
    """The log shows what was asked, and neither token nor password."""
    there, token = up(place), environ(place)["token"]
    server(place)
    log = said("logs", "-n", "100000", cwd=place)
    assert "GET /api/current-user/whoami" in log
    assert token not in log
    assert there["password"] not in log
    assert len(said("logs", "-n", "2", cwd=place).splitlines()) == 2


def test_the_log_is_followed(place: Path) -> None:
    """With --follow, what the server says next is shown as it is said."""
    up(place)
    words = [*call("studio", "logs", "-n", "0", "--follow")]
    unbuffered = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(words, cwd=place, stdout=subprocess.PIPE, text=True, env=unbuffered) as watching:
        assert watching.stdout
        while not select([watching.stdout], [], [], 1.0)[0]:
            server(place)  # until it is at work, what is said is said too early for it
        assert "GET" in watching.stdout.readline()
        watching.send_signal(signal.SIGINT)
    assert watching.returncode == 0


def test_a_lost_password(place: Path) -> None:
    """A lost password is replaced by one that opens the door; somebody without an account gets none."""
    there = up(place)
    (made,) = json.loads(said("annotators", "add", "lotte", "--json", cwd=place))
    (reset,) = json.loads(said("annotators", "add", "--reset", "lotte", "--json", cwd=place))
    login, first, second = made["login"], made["password"], reset["password"]
    assert login == reset["login"] == "lotte@annotators.example"
    assert legacy_token(there["url"], login, second)
    with pytest.raises(Refused):
        legacy_token(there["url"], login, first)
    assert run("studio", "annotators", "add", "--reset", "nobody", cwd=place).returncode == 2


def test_backup_and_restore(place: Path, tmp_path: Path) -> None:
    """A backup taken while the studio runs brings back what was there, and what came later is set aside."""
    there = up(place)
    server(place).post("api/projects/", {"title": "before the backup"})
    file = tmp_path / "studio.tar.gz"
    assert said("backup", file, cwd=place) == f"{file}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    server(place).post("api/projects/", {"title": "after the backup"})
    assert run("studio", "backup", "--restore", file, cwd=place).returncode == 1
    said("down", cwd=place)
    said("backup", "--restore", file, cwd=place)
    assert up(place) == {**there, "already_up": False}
    projects = found(place)["projects"]
    assert "before the backup" in projects
    assert "after the backup" not in projects
    assert (Path(found(place)["folder"]) / "data.old/label_studio.sqlite3").exists()


def test_another_version_of_the_server(place: Path) -> None:
    """Before another version of Label Studio changes the data, they are backed up."""
    up(place)
    folder = Path(found(place)["folder"])
    said("down", cwd=place)
    before = set(folder.glob("backups/*"))
    kept = json.loads((folder / "account.json").read_text(encoding="utf-8"))
    (folder / "account.json").write_text(json.dumps({**kept, "version": "1.22.0"}), encoding="utf-8")
    up(place)
    assert len(set(folder.glob("backups/*")) - before) == 1
    assert json.loads((folder / "account.json").read_text(encoding="utf-8")) == kept


def test_a_backup_without_a_name(place: Path) -> None:
    """Without a name the backup goes outside the dataset, under the date; one that is there is not replaced."""
    up(place)
    file = Path(said("backup", cwd=place).removesuffix("\n"))
    assert re.search(r"-\d{8}T\d{6}Z\.tar\.gz$", file.name)
    assert place not in file.parents
    for wrong, why in ((file, "is there already"), (place / "nowhere/x.tar.gz", "is no folder")):
        refused = run("studio", "backup", wrong, cwd=place)
        assert refused.returncode == 1
        assert why in " ".join(refused.stderr.split())


def test_a_file_that_is_no_backup(place: Path, tmp_path: Path) -> None:
    """What is no backup is refused, and the data stay."""
    up(place)
    said("down", cwd=place)
    (tmp_path / "notes.tar.gz").write_text("not at all", encoding="utf-8")
    refused = run("studio", "backup", "--restore", tmp_path / "notes.tar.gz", cwd=place)
    assert refused.returncode == 1
    assert "cannot be brought back" in " ".join(refused.stderr.split())
    assert up(place)["already_up"] is False
