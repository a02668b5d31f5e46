"""``builder config``: what a person and a machine are told about the labelling configs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.annotate.configs import MARKDOWN, TOML, XML

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset with one config, which is the current folder."""
    here = tmp_path / "annotation_configs"
    here.mkdir()
    for ending, content in (("xml", XML), ("toml", TOML), ("md", MARKDOWN)):
        (here / f"mood.{ending}").write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return here


@pytest.mark.usefixtures("folder")
def test_configs_are_listed(command_line: Call) -> None:
    """The list names each config, what it labels and what it asks."""
    code, said, _ = command_line("config", "list")
    assert code == 0
    assert {"mood", "comment", "Moods"} <= set(said.split())
    (only,) = json.loads(command_line("config", "list", "--json")[1])
    assert (only["name"], only["questions"][:2]) == ("mood", ["mood", "why"])


@pytest.mark.usefixtures("folder")
def test_a_config_is_shown(command_line: Call) -> None:
    """A config is shown with its questions, options, keys and conditions."""
    code, said, _ = command_line("config", "show", "mood")
    plain = " ".join(said.split())
    assert code == 0
    assert "asked when mood is bad" in plain
    assert "1 good Good: All is well." in plain
    shown = json.loads(command_line("config", "show", "mood", "--json")[1])
    assert shown["questions"][1]["asked_when"] == {"question": "mood", "options": ["bad"]}


def test_a_sound_config_passes(folder: Path, command_line: Call) -> None:
    """Nothing wrong is exit code 0, and warnings alone are too."""
    assert command_line("config", "lint")[:2] == (0, "Nothing wrong in mood.\n")
    (folder / "mood.md").unlink()
    code, said, _ = command_line("config", "lint", "mood")
    assert code == 0
    assert "0 errors and 1 warning" in said


def test_findings_are_told(folder: Path, command_line: Call) -> None:
    """An error is told with its file and line, for machines too, and is exit code 1."""
    (folder / "mood.xml").write_text(XML.replace('hotkey="q"', 'hotkey="u"'), encoding="utf-8")
    code, said, _ = command_line("config", "lint")
    assert code == 1
    assert "annotation_configs/mood.xml:11" in said
    code, said, _ = command_line("config", "lint", "--json")
    (finding,) = json.loads(said)["findings"]
    assert (code, finding["line"], finding["severity"]) == (1, 11, "error")


def test_schemas_are_written_and_checked(folder: Path, command_line: Call) -> None:
    """A schema that is missing or out of date is told with the command that writes it, and then is not."""
    code, said, _ = command_line("config", "schema", "--check")
    assert code == 1
    assert "builder config schema --write" in " ".join(said.split())
    assert command_line("config", "schema", "--write")[0] == 0
    assert command_line("config", "schema", "--check")[0] == 0
    written = json.loads((folder.parent / "schemas/annotations/mood.schema.json").read_text(encoding="utf-8"))
    assert json.loads(command_line("config", "schema", "mood")[1]) == written
    (folder / "mood.toml").write_text(TOML.replace("The mood.", "Moods."), encoding="utf-8")
    assert json.loads(command_line("config", "schema", "--check", "--json")[1])["stale"] == ["mood"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("verb", ["show", "lint", "schema"])
def test_an_unknown_config_is_wrong_usage(command_line: Call, verb: str) -> None:
    """A name that no config has is exit code 2, with the names that there are."""
    code, _, said = command_line("config", verb, "mud")
    assert code == 2
    assert "There are: mood" in said
