"""Label sets on disk: named, checked, never changed."""

import os
from pathlib import Path

import pytest

import builder
from builder.core.errors import DataError, UsageError
from builder.core.settings import Settings
from builder.labels.agreed_spans import Enough
from builder.labels.label_sets import How
from builder.run.labels.aggregating import AggregateReport, Wanted, aggregate
from builder.run.labels.agreement import find_agreement
from builder.run.labels.label_set_record import label_set_names, read_label_set_record
from builder.run.labels.label_stage import labels_stage
from tests.unit.labels.merged import Said, person, said
from tests.unit.run.labelled import labelled_dataset, write_merged


@pytest.fixture
def answers(tmp_path: Path) -> list[Said]:
    """Three people who labelled a built dataset of eight comments."""
    units = labelled_dataset(tmp_path)["comment_id"].tolist()
    tones = ("civil", "rude", "hate", "rude") * 2
    return [said(unit, who, tone=tone) for unit, tone in zip(units, tones, strict=True) for who in (1, 2, 3)]


@pytest.fixture
def settings(tmp_path: Path, answers: list[Said]) -> Settings:
    """The dataset with those answers merged."""
    return write_merged(tmp_path, *answers)


def make(settings: Settings, name: str = "", method: str = "majority") -> AggregateReport:
    """A label set of all that was answered."""
    return aggregate(settings, How(name, method), Wanted())


def test_names_go_on(settings: Settings) -> None:
    """Without a name label sets are v1, v2 and so on, and all are found again in that order."""
    ways = [How("", "majority", Enough(people, 0.5)) for people in range(1, 12)]
    made = [aggregate(settings, how, Wanted()).folder.name for how in ways]
    assert made == [f"v{number}" for number in range(1, 12)]
    assert label_set_names(settings.label_sets_dir) == tuple(made)


def test_a_label_set_is_never_changed(settings: Settings, answers: list[Said]) -> None:
    """The same again changes nothing; another content or another way under the same name is refused."""
    make(settings, "first")
    before = {
        file.name: (file.stat().st_ino, file.stat().st_mtime_ns)
        for file in (settings.label_sets_dir / "first").iterdir()
    }
    assert not make(settings, "first").new
    with pytest.raises(UsageError, match=r"never changed.*--label-set v1"):
        make(settings, "first", "dawid-skene")
    write_merged(settings.root, *answers, said(answers[0]["unit"], 4, tone="hate"))
    with pytest.raises(UsageError, match="never changed"):
        make(settings, "first")
    assert {
        file.name: (file.stat().st_ino, file.stat().st_mtime_ns)
        for file in (settings.label_sets_dir / "first").iterdir()
    } == before


def merged_later(settings: Settings) -> None:
    """Let the merge be the last thing that was done."""
    made = max(file.stat().st_mtime for file in settings.label_sets_dir.glob("*/build.json"))
    os.utime(settings.merged_dir / "build.json", (made + 1, made + 1))


def test_what_is_the_same_is_not_made_again(settings: Settings, answers: list[Said]) -> None:
    """Without a name nothing is made of answers that change no label, and the set counts as one of them."""
    make(settings)
    write_merged(settings.root, *answers, said(answers[0]["unit"], 4, tone="hate", _status="rejected"))
    merged_later(settings)
    assert labels_stage(settings).state == "stale"
    again = make(settings)
    assert (again.new, again.how.label_set, label_set_names(settings.label_sets_dir)) == (
        False,
        "v1",
        ("v1",),
    )
    merged_later(settings)
    assert labels_stage(settings).state == "ready"
    assert make(settings, method="dawid-skene").how.label_set == "v2"


def test_a_name_is_plain(settings: Settings) -> None:
    """A name that could not be a folder's is refused before anything is written."""
    with pytest.raises(UsageError, match="no label set's name"):
        make(settings, "../v1")
    assert not settings.label_sets_dir.exists()


def test_the_record_has_what_the_method_found_out(settings: Settings) -> None:
    """Beside the tables stand how they were made, and the confusion of each annotator by pseudonym."""
    make(settings, "ds", "dawid-skene")
    record = read_label_set_record(settings.label_sets_dir / "ds")
    assert record.how["method"] == "dawid-skene"
    tone = next(one for one in record.estimates if one["question"] == "tone")
    assert set(tone["confusion"]) == {person(who) for who in (1, 2, 3)}
    assert sum(tone["prior"]) == pytest.approx(1)


def test_label_sets_as_frames(settings: Settings) -> None:
    """In Python the labels of all sets are one frame, with the set in a column."""
    make(settings)
    make(settings, "v2")
    dataset = builder.open(settings.tables_dir)
    assert dataset.labels.groupby("label_set").size().to_dict() == {"v1": 22, "v2": 22}
    assert set(dataset.label_shares["question"]) == {"tone", "target"}
    assert dataset.label_spans.empty


def test_without_label_sets_there_is_a_cure(settings: Settings) -> None:
    """Before the first label set the message says how to make one; a damaged one is not read."""
    with pytest.raises(DataError, match="builder aggregate"):
        _ = builder.open(settings.tables_dir).labels
    make(settings)
    (settings.label_sets_dir / "v1/build.json").write_text('{"format": 9}', encoding="utf-8")
    with pytest.raises(DataError, match="another version"):
        _ = builder.open(settings.tables_dir).labels


def test_rounds_are_chosen(settings: Settings) -> None:
    """A label set of a round that nobody labelled is refused."""
    with pytest.raises(UsageError, match="Round main"):
        aggregate(settings, How("v1"), Wanted(rounds=("main",)))


def test_suggested_answers_make_labels_and_no_agreement(settings: Settings, answers: list[Said]) -> None:
    """What began with a suggestion counts for labels, taken and changed alike; for agreement neither counts."""
    helped = [
        {**answers[0], "annotator": 4, "_origin": "suggestion", "_suggested": "accepted"},
        {**answers[0], "annotator": 5, "tone": "hate", "_suggested": "changed"},
    ]
    write_merged(settings.root, *answers, *helped)
    labels = make(settings).made.tables["labels"].to_pylist()
    sizes = {row["unit_id"]: row["n"] for row in labels if row["question"] == "tone"}
    assert sorted(sizes.values()) == [3] * 7 + [5]
    tone = next(one for one in find_agreement(settings).questions if one.subject.question == "tone")
    assert tone.row()["n_annotators"] == 3


def test_status_knows_the_label_sets(settings: Settings, answers: list[Said]) -> None:
    """The stage of labels is for later, then ready, then stale when other answers were merged since."""
    assert labels_stage(settings).state == "not yet"
    make(settings)
    assert (labels_stage(settings).state, labels_stage(settings).facts) == (
        "ready",
        ("v1: 22 labels, majority",),
    )
    merged_later(settings)
    assert labels_stage(settings).state == "ready"
    write_merged(settings.root, *answers, said(answers[0]["unit"], 4, tone="hate"))
    merged_later(settings)
    found = labels_stage(settings)
    assert (found.state, found.changes) == ("stale", ("answers were merged since then",))
    (settings.label_sets_dir / "v1/build.json").write_text("{}", encoding="utf-8")
    assert labels_stage(settings).state == "missing"
