"""Scoring: `builder eval` and `builder train` on a small folder of threads."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builder.core.errors import DataError
from builder.learn import evaluate
from builder.learn import train as train_module
from builder.run.corpus.scoring import score_threads
from tests.unit.learn.folder import NAMES, lay_out

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of threads; nobody may change it."""
    return lay_out(tmp_path_factory.mktemp("threads"))


@pytest.fixture(autouse=True)
def _few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training that stops after a few rounds."""
    train: Callable[..., dict[str, Any]] = train_module.train
    for module in (train_module, evaluate):
        monkeypatch.setattr(module, "train", lambda threads, words: train(threads, words, rounds=3))


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, command_line: Call) -> Call:
    """Call the command with words, on a screen wide enough for every line."""
    monkeypatch.setenv("COLUMNS", "300")
    return command_line


def floors(folder: Path, **limits: float) -> str:
    """A file of floors for the first rendering."""
    file = folder / "floors.json"
    file.write_text(json.dumps({"seedlike": limits}), encoding="utf-8")
    return str(file)


def test_a_report_has_every_rendering(folder: Path) -> None:
    """Scores and the worth of a review are there for each rendering, with all its pages and comments."""
    report = score_threads(folder, None, None, None)
    assert [(one.rendering, one.pages) for one in report.scores] == [("seedlike", 2), ("seedlinks", 2)]
    golds = [json.loads(file.read_bytes()) for file in sorted((folder / "gold").glob("*.seedlike.json"))]
    assert report.scores[0].comments == sum(len(gold["comments"]) for gold in golds)
    assert [one.rendering for one in report.reviews] == ["seedlike", "seedlinks"]
    assert report.below == ()
    assert json.loads(json.dumps(report.as_json()))["scores"][0]["f1"] == report.scores[0].f1


def test_eval_prints_scores(folder: Path, call: Call) -> None:
    """The command ends well without floors and prints a line for each rendering."""
    code, said, _ = call("eval", str(folder))
    assert code == 0
    assert "seedlike" in said
    assert "seedlinks" in said
    assert "least confident fifth" in said


def test_eval_fails_below_a_floor(folder: Path, tmp_path: Path, call: Call) -> None:
    """Below a floor the exit code is 1 and the score is named; at or above all of them it is 0."""
    assert call("eval", str(folder), "--floors", floors(tmp_path, f1=0.0))[0] == 0
    code, said, _ = call("eval", str(folder), "--floors", floors(tmp_path, f1=1.5))
    assert code == 1
    assert "Below its floor: seedlike f1" in said


def test_eval_as_json_and_predictions(folder: Path, tmp_path: Path, call: Call) -> None:
    """Standard output is one JSON object; the file of predictions has a line for each text."""
    found = tmp_path / "found.jsonl"
    code, said, _ = call("eval", str(folder), "--json", "--predictions", str(found))
    assert code == 0
    assert set(json.loads(said)) == {"scores", "reviews", "below"}
    rows = [json.loads(line) for line in found.read_bytes().decode().splitlines()]
    assert {row["file"].split("/")[1].split(".")[0] for row in rows} == {
        name.rsplit("/", 1)[1] for name in NAMES
    }
    assert {frozenset(row) for row in rows} == {frozenset({"file", "headline", "paragraphs", "comments"})}


def test_train_writes_weights(folder: Path, tmp_path: Path, call: Call) -> None:
    """The command writes the weights where it was told to and says where, and how to score them."""
    code, said, _ = call("train", str(folder), "--out", str(tmp_path / "w.json"))
    assert code == 0
    assert set(json.loads((tmp_path / "w.json").read_bytes())) == {
        "about",
        "scale",
        "states",
        "looks",
        "grammar",
    }
    assert str(tmp_path / "w.json") in said
    assert "builder eval" in said


@pytest.mark.parametrize("verb", ["eval", "train"])
def test_a_folder_without_threads_is_refused(verb: str, tmp_path: Path, call: Call) -> None:
    """A folder without an index ends with a message that names it, not with a trace, and writes nothing."""
    extra = ["--out", str(tmp_path / "w.json")] if verb == "train" else []
    code, _, said = call(verb, str(tmp_path), *extra)
    assert code == 1
    assert "index.json" in said
    assert "Traceback" not in said
    assert not (tmp_path / "w.json").exists()


def test_floors_that_are_no_object_are_refused(folder: Path, tmp_path: Path) -> None:
    """A file of floors that holds no object raises with its name."""
    (tmp_path / "floors.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(DataError, match=r"floors\.json"):
        score_threads(folder, tmp_path / "floors.json", None, None)
