"""What ``builder key`` says."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Call


@pytest.fixture
def threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset to stand in, with the user's data elsewhere."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    folder = tmp_path / "threads"
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[tool.builder]\nname = "threads"\n')
    monkeypatch.chdir(folder)
    return folder


def test_a_key_is_made_shown_and_changed(threads: Path, call: Call) -> None:
    """Each step names the key by its id and its file, and rotating says what it costs."""
    code, said, _ = call("key", "new")
    assert code == 0
    assert "Copy it to a safe place" in said
    first = json.loads(call("key", "show", "--json")[1])
    code, said, _ = call("key", "rotate")
    assert code == 0
    assert "the next release has to be a major one" in " ".join(said.split())
    now = json.loads(call("key", "show", "--json")[1])
    assert now["key_id"] != first["key_id"]
    assert first["key_id"] in now["older"][0]
    assert str(threads) not in now["file"]


def test_the_key_itself_is_never_shown(threads: Path, call: Call) -> None:
    """No output of any of the commands holds the secret."""
    said = "".join(call("key", *words)[1] for words in (["new"], ["show"], ["show", "--json"]))
    file = Path(json.loads(call("key", "show", "--json")[1])["file"])
    secret = json.loads(file.read_text())["key"]
    assert threads.exists()
    assert secret not in said


def test_without_a_key_the_cure_is_said(threads: Path, call: Call) -> None:
    """Showing or rotating a key that is not there ends with 2 and how to make one."""
    assert threads.exists()
    for verb in ("show", "rotate"):
        code, _, said = call("key", verb)
        assert code == 2
        assert "builder key new" in " ".join(said.split())


def test_help_says_what_a_lost_key_means(call: Call) -> None:
    """The help tells what happens when the key is lost, before it is."""
    code, said, _ = call("key", "--help")
    assert code == 0
    assert "If it is lost" in said
