"""What ``builder quality`` and ``builder suggest`` say to people and machines, without a server."""

import json
from pathlib import Path

import pytest

from builder.annotate.annotators import Pseudonyms
from builder.core.settings_file import find_settings
from builder.run.annotation.annotators import keep_pseudonyms
from tests.unit.cli.conftest import Call
from tests.unit.labels.merged import person, said
from tests.unit.run.labelled import labelled_dataset, write_merged


@pytest.fixture
def answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset of eight comments that two people labelled again and again, one of them carelessly."""
    units = labelled_dataset(tmp_path)["comment_id"].tolist()
    tones = ("civil", "rude", "hate", "rude") * 2
    rows = [
        said(
            unit,
            who,
            tone=tone if who == 1 else "civil",
            _seconds=20.0 if who == 1 else 1.0,
            _occurrence=again,
        )
        for again in range(3)
        for unit, tone in zip(units, tones, strict=True)
        for who in (1, 2)
    ]
    write_merged(tmp_path, *rows)
    known = Pseudonyms(b"k" * 32, {"ana@annotators.example": person(1)})
    keep_pseudonyms(find_settings(tmp_path).annotators_file, known)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "150")
    return tmp_path


@pytest.mark.usefixtures("answered")
def test_quality_tells_people(call: Call) -> None:
    """Each annotator has a row and a paragraph, by name where it is known; warnings come with evidence and units."""
    code, printed, _ = call("quality")
    assert code == 0
    first, second = (
        next(line for line in printed.splitlines() if line.startswith(f"  {name}")).split()
        for name in ("ana", person(2))
    )
    assert first == ["ana", "24", "0", "20", "25", "%", "(7", "to", "59)", "100", "%", "none"]
    assert (second[:4], second[-1]) == ([person(2), "24", "0", "1"], "3")
    assert "half of the answers took 1.0 s or less; the others' median is 20.0 s" in " ".join(printed.split())
    assert "look at" in printed
    assert person(1) not in printed


@pytest.mark.usefixtures("answered")
def test_words_are_explained(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the figures their words are explained within 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    printed = call("quality")[1]
    legend = printed[printed.index("Median of the time") :]
    assert "How evenly somebody uses the options" in legend
    assert max(map(len, legend.splitlines())) <= 80


def test_nothing_needs_no_legend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    """Where nobody has answered anything, that is all that is said."""
    labelled_dataset(tmp_path)
    write_merged(tmp_path)
    monkeypatch.chdir(tmp_path)
    code, printed, _ = call("quality")
    assert (code, " ".join(printed.split())) == (
        0,
        "Nobody has answered anything yet. Pull and merge: builder pull, builder merge",
    )


@pytest.mark.usefixtures("answered")
def test_quality_tells_machines(call: Call) -> None:
    """JSON has every figure under pseudonyms alone, and names only where they are asked for."""
    code, printed, _ = call("quality", "--json")
    assert code == 0
    assert "ana" not in printed
    first, second = json.loads(printed)
    assert (first["annotator_id"], first["warnings"]) == (person(1), [])
    assert "fast" in {one["kind"] for one in second["warnings"]}
    assert second["days"][0]["day"] == "1970-01-01"
    named = json.loads(call("quality", "--json", "--names")[1])
    assert [one.get("name") for one in named] == ["ana", None]


@pytest.mark.usefixtures("answered")
def test_too_little_to_learn_is_told(call: Call) -> None:
    """With a handful of labels nothing is tried, and the error says how many are needed."""
    code, _, complained = call("suggest", "--config", "hostility")
    assert code == 1
    assert "2 labelled units with words, and 50 are needed" in " ".join(complained.split())
    code, _, complained = call("suggest")
    assert code == 2
    assert "--round" in complained
