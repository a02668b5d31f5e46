"""A report on disk: from whatever there is of a dataset, the same bytes each time, in place at one stroke."""

import json
from pathlib import Path

import pytest

from builder.core.errors import DataError, OutputError
from builder.core.settings import Settings
from builder.core.settings_file import find_settings
from builder.core.staging import MARK
from builder.labels.label_sets import How
from builder.report.words import percent
from builder.run.annotation.merging import merge_archive
from builder.run.labels.aggregating import Wanted, aggregate
from builder.run.labels.quality import find_quality
from builder.run.reporting import read_study, write_report
from tests.unit.annotate.pulled import ANN, BOB, CORPUS, XML, Pulled, choice, data, span, well
from tests.unit.report.reading import faults_of, read
from tests.unit.run.archived import archived
from tests.unit.run.on_disk import write_tables

DECLARED = 'title = "Tones"\nunit_type = "comment"\n[questions.tone]\nscale = "ordinal"\n'
RUDE = (choice("tone", "rude"), choice("target", "person"), span(9, 14, "tanks"))


@pytest.fixture
def bare(tmp_path: Path) -> Settings:
    """A dataset with tables and nothing else."""
    (tmp_path / "pyproject.toml").write_text(
        '[tool.builder]\nname = "tiny"\ntitle = "Tiny"\n', encoding="utf-8"
    )
    write_tables(CORPUS, tmp_path)
    return find_settings(tmp_path)


@pytest.fixture
def labelled(tmp_path: Path) -> Settings:
    """A dataset whose comments were labelled by two, who disagree about one."""
    pulled = Pulled()
    one, other = pulled.task(), pulled.task(data=data(well(0)))
    pulled.annotation(one, RUDE, who=ANN)
    pulled.annotation(one, who=BOB)
    pulled.annotation(other, who=ANN)
    pulled.annotation(other, who=BOB)
    settings = archived(tmp_path, pulled)
    (tmp_path / "annotation_configs").mkdir()
    (tmp_path / "annotation_configs/tones.xml").write_text(XML, encoding="utf-8")
    (tmp_path / "annotation_configs/tones.toml").write_text(DECLARED, encoding="utf-8")
    merge_archive(settings)
    return settings


def chapters(settings: Settings) -> set[str]:
    """The chapters that have something to show."""
    return {name for name, there in write_report(settings).chapters.items() if there}


def test_tables_are_enough(bare: Settings) -> None:
    """A dataset that nobody labelled has a report of its corpus, in its own folder."""
    assert chapters(bare) == {"corpus"}
    root = read((bare.root / "report.html").read_text(encoding="utf-8").removeprefix("<!doctype html>"))
    assert not faults_of(root)
    assert root.all("title")[0].text == "Tiny: report"


def test_labels_fill_the_chapters(labelled: Settings) -> None:
    """What was merged is in the report: labels, agreement, confusion, the hardest comment, annotators, time."""
    assert chapters(labelled) == {
        "corpus",
        "progress",
        "labels",
        "agreement",
        "confusion",
        "hardest",
        "annotators",
        "time",
    }
    root = read((labelled.root / "report.html").read_text(encoding="utf-8").removeprefix("<!doctype html>"))
    assert [each.text for each in root.all("blockquote")] == ["Add more tanks 🐘"]
    assert "target person" in root.one("hardest").text


def test_the_same_data_are_the_same_bytes(labelled: Settings, tmp_path: Path) -> None:
    """A second report of the same data does not differ from the first, wherever it is written."""
    first, second = write_report(labelled), write_report(labelled, tmp_path / "shared" / "again.html")
    assert first.file.read_bytes() == second.file.read_bytes()
    assert first.size == len(first.file.read_bytes())
    assert first.as_json()["file"] == str(labelled.root / "report.html")


def test_nobody_is_named(labelled: Settings) -> None:
    """Annotators appear by pseudonym, without their addresses."""
    text = write_report(labelled).file.read_text(encoding="utf-8")
    assert "annotators.example" not in text
    assert all(share.annotator_id in text for share in read_study(labelled).labels.shares)  # type: ignore[union-attr]


def test_quality_is_that_of_builder_quality(labelled: Settings) -> None:
    """The figures and warnings of annotators are those that ``builder quality`` tells, and none are its own."""
    found = read_study(labelled).labels
    assert found
    assert found.quality == tuple((one.figures, one.warnings) for one in find_quality(labelled))
    assert [one.annotator_id for one, _ in found.quality] == sorted(
        {one.annotator_id for one in found.shares}
    )


def test_the_last_label_set(labelled: Settings) -> None:
    """The labels of the last label set are shown, and how each annotator errs by the last one that estimates it."""
    made = aggregate(labelled, How("", method="dawid-skene"), Wanted())
    aggregate(labelled, How("", method="majority"), Wanted())
    root = read(write_report(labelled).file.read_text(encoding="utf-8").removeprefix("<!doctype html>"))
    assert root.one("final-v2-tone").rows()[1:] == [
        ["civil", "1", "50 %", "9 % to 91 %"],
        ["rude", "0", "0 %", "0 % to 66 %"],
        ["no label", "1", "50 %", "9 % to 91 %"],
    ]
    assert "1 unit tied" in root.one("final-v2-tone-words").text.replace("\u00a0", " ")
    (tone,) = [one for one in made.made.estimates if one.question == "tone"]
    for place, person in enumerate(tone.annotators):
        rate = tone.truth.confusion[place, 0, 0]
        assert root.one(f"errors-v1-tones-tone-{person}").rows()[1][1] == percent(rate).replace("\u00a0", " ")


def test_a_damaged_label_set_is_named(labelled: Settings) -> None:
    """A record whose estimates are incomplete is refused with a cure, not half shown."""
    folder = aggregate(labelled, How("", method="dawid-skene"), Wanted()).folder
    record = json.loads((folder / MARK).read_text(encoding="utf-8"))
    (folder / MARK).write_text(json.dumps({**record, "estimates": [{}]}), encoding="utf-8")
    with pytest.raises(DataError, match="builder aggregate"):
        write_report(labelled)


def test_without_tables(tmp_path: Path) -> None:
    """Where nothing was built there is no report, and the cure is named."""
    with pytest.raises(DataError, match="builder build"):
        write_report(find_settings(tmp_path))
    assert not list(tmp_path.iterdir())


def test_where_nothing_can_be_written(bare: Settings) -> None:
    """A file that stands where a folder should be is named, and stays."""
    (bare.root / "shared").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="shared"):
        write_report(bare, bare.root / "shared" / "report.html")
    assert (bare.root / "shared").read_text(encoding="utf-8") == "mine"
