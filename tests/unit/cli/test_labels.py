"""What ``builder agreement`` and ``builder aggregate`` say to people and machines."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Call
from tests.unit.labels.merged import said
from tests.unit.run.labelled import labelled_dataset, write_merged


@pytest.fixture
def answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset of eight comments that two people labelled, in which one stands."""
    units = labelled_dataset(tmp_path)["comment_id"].tolist()
    tones = ("civil", "rude", "hate", "rude") * 2
    spans = [(0, 4, "slur")]
    first = [said(unit, 1, tone=tone, span=spans) for unit, tone in zip(units, tones, strict=True)]
    write_merged(tmp_path, *first, *({**one, "annotator": 2, "tone": "rude"} for one in first))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.mark.usefixtures("answered")
def test_agreement_tells_people(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question has its facts, each option its figures; what is not defined says why; the legend fits."""
    monkeypatch.setenv("COLUMNS", "80")
    code, printed, _ = call("agreement", "--draws", "200")
    assert code == 0
    assert "tone  ordered, 8 of 8 units answered twice, 2 annotators, AC2 0." in printed
    assert "F1 1.00 exact, 1.00 by overlap" in printed
    threat = next(line for line in printed.splitlines() if line.startswith("  threat"))
    assert threat.split() == ["threat", "100", "%", "not", "defined", "one", "value", "only", "0", "%"]
    assert "Krippendorff's: 1 if" in printed
    assert max(map(len, printed[printed.index("How often two answers") :].splitlines())) <= 80


@pytest.mark.usefixtures("answered")
def test_agreement_tells_machines(call: Call) -> None:
    """As JSON what is not defined is null, with the reason; the same seed gives the same figures."""
    code, printed, _ = call("agreement", "--json", "--draws", "50")
    assert code == 0
    rows = json.loads(printed)["questions"]
    threat = next(row for row in rows if row["option"] == "threat")
    assert (threat["alpha"], threat["ac1"], threat["undefined"]) == (None, None, "one value only")
    assert (threat["raw"], threat["n_double"]) == (1, 8)
    assert call("agreement", "--json", "--draws", "50")[1] == printed


@pytest.mark.usefixtures("answered")
def test_pairs_make_a_square(call: Call) -> None:
    """By pair each question has the kappas of its annotators."""
    code, printed, _ = call("agreement", "--by", "pair")
    assert code == 0
    assert "tone  hostility\n" in printed
    assert "\n  w0000000001    0.00    8\n" in printed
    assert "Cohen's kappa" in printed


@pytest.mark.usefixtures("answered")
def test_aggregate_tells_people(call: Call) -> None:
    """A label set is named and counted; made again it is the same, and another under its name is refused."""
    code, printed, _ = call("aggregate")
    assert code == 0
    assert "Made label set v1 with " in printed
    tone = next(line for line in printed.splitlines() if line.startswith("  tone"))
    assert tone.split()[1:6] == ["8", "4", "0", "2.0", "0.50"]
    assert "Labels that an adjudicator decided" in printed
    assert "How far answers disagree" in printed
    assert "The same as label set v1" in call("aggregate", "--label-set", "v1")[1]
    code, _, complaint = call("aggregate", "--label-set", "v1", "--span-annotators", "1")
    assert code == 2
    assert "never changed" in " ".join(complaint.split())


@pytest.mark.usefixtures("answered")
def test_aggregate_tells_machines(call: Call) -> None:
    """As JSON a label set has its counts, and the estimates of its method."""
    code, printed, _ = call("aggregate", "--method", "dawid-skene", "--json")
    assert code == 0
    told = json.loads(printed)
    assert (told["label_set"], told["new"], told["method"]) == ("v1", True, "dawid-skene")
    assert {one["question"] for one in told["estimates"]} == {"tone", "target"}


def test_many_annotators_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    """Pairs of more annotators than a square holds are listed, the least agreeing first; who never met is not."""
    units = labelled_dataset(tmp_path)["comment_id"].tolist()
    tones = ("civil", "rude") * 4
    same = [
        said(unit, who, tone=tone) for unit, tone in zip(units, tones, strict=True) for who in range(1, 9)
    ]
    write_merged(
        tmp_path,
        *same,
        *(said(unit, 9, tone=tone) for unit, tone in zip(units, reversed(tones), strict=True)),
    )
    monkeypatch.chdir(tmp_path)
    printed = call("agreement", "--by", "pair,source")[1]
    listed = [line.split() for line in printed.partition("tone, paper")[2].splitlines()[1:37]]
    assert len(listed) == 36
    assert listed[0] == ["w0000000001,", "w0000000009", "-1.00", "4"]
    assert listed[-1][2:] == ["1.00", "4"]


@pytest.mark.usefixtures("answered")
def test_a_wrong_word_is_wrong_usage(call: Call) -> None:
    """What agreement cannot be told apart by is named, with what it can."""
    code, _, complaint = call("agreement", "--by", "colour")
    assert code == 2
    assert "question, source, round, pair" in " ".join(complaint.split())
