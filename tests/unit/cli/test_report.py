"""``builder report``: what it says to people and machines."""

import json
from pathlib import Path

from tests.unit.cli.conftest import Call


def test_report_tells_people(dataset: Path, call: Call) -> None:
    """It says where the page is, and which chapters have no data yet."""
    call("build")
    code, said, _ = call("report")
    assert code == 0
    assert "report.html" in said.replace("\n", "")
    assert "No data yet: progress, labels, agreement," in said
    assert (dataset / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_report_tells_machines(dataset: Path, call: Call) -> None:
    """For machines it is JSON: the file, its size, and whether each chapter has data."""
    call("build")
    said = json.loads(call("report", "--out", "shared/mine.html", "--json")[1])
    assert said["file"] == str(Path("shared/mine.html"))
    assert said["bytes"] == (dataset / "shared/mine.html").stat().st_size
    assert said["chapters"]["corpus"]
    assert not said["chapters"]["agreement"]


def test_help_has_examples(call: Call) -> None:
    """The help shows calls of it."""
    assert "\nExamples:\n  builder report" in call("report", "--help")[1]
