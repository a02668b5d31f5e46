"""What the command says of gold."""

import json
from pathlib import Path

import pytest

from tests.unit.annotate.pulled import TANKS, XML, Pulled
from tests.unit.cli.conftest import Call
from tests.unit.run.archived import archived

LINE = {"unit_id": TANKS["comment_id"], "answers": {"tone": "civil"}, "reason": "nobody is attacked"}


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of gold of a dataset with a config of its own, in which one stands; it is not there yet."""
    archived(tmp_path, Pulled())
    (tmp_path / "annotation_configs").mkdir()
    (tmp_path / "annotation_configs/tones.xml").write_text(XML, encoding="utf-8")
    toml = 'title = "Tones"\nunit_type = "comment"\n'
    (tmp_path / "annotation_configs/tones.toml").write_text(toml, encoding="utf-8")
    (tmp_path / "data/gold").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data/gold/tones.jsonl"


def test_no_gold_is_no_fault(gold: Path, command_line: Call) -> None:
    """A dataset without gold is told so, and how to come by some."""
    code, said, _ = command_line("gold", "check")
    assert (code, "No gold yet" in said) == (0, True)
    assert not gold.exists()


def test_texts_are_recorded_when_asked(gold: Path, command_line: Call) -> None:
    """New lines are counted as such until --record writes which text their answers are about."""
    gold.write_text(json.dumps(LINE) + "\n", encoding="utf-8")
    assert "1 without a recorded text" in command_line("gold", "check")[1]
    assert "0 without a recorded text" in command_line("gold", "check", "--record")[1]
    assert json.loads(gold.read_text(encoding="utf-8"))["text_sha256"] == TANKS["text_sha256"]
    assert json.loads(command_line("gold", "check", "--json")[1]) == {
        "configs": [{"name": "tones", "units": [TANKS["comment_id"]], "faults": 0}],
        "faults": [],
        "recorded": 0,
    }


def test_faults_of_gold_end_with_1(gold: Path, command_line: Call) -> None:
    """What is wrong is told line by line, nothing is recorded, and the exit code is 1."""
    gold.write_text(
        json.dumps(LINE) + "\n" + json.dumps({**LINE, "answers": {"tone": "mad"}}) + "\n", "utf-8"
    )
    before = gold.read_bytes()
    code, said, _ = command_line("gold", "check", "--record")
    assert code == 1
    assert "data/gold/tones.jsonl, line 2: answers/tone: 'mad' is no option" in said
    assert gold.read_bytes() == before
