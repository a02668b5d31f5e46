"""The quality of a dataset on disk: which rounds, which gold, what is severe."""

import json
from pathlib import Path

import pytest

from builder.core.errors import DataError, UsageError
from builder.core.settings_file import find_settings
from builder.core.staging import MARK
from builder.run.annotation.configs import sound_config
from builder.run.annotation.gold import record_texts
from builder.run.labels.quality import Quality, find_quality
from tests.unit.labels.merged import said
from tests.unit.run.labelled import labelled_dataset, write_merged


@pytest.fixture
def units(tmp_path: Path) -> list[str]:
    """Eight comments that two people labelled, the first four in a round before the others."""
    units: list[str] = labelled_dataset(tmp_path)["comment_id"].tolist()
    rows = [
        said(unit, who, tone="hate" if place == who else "civil", _round="pilot" if place < 4 else "main")
        for place, unit in enumerate(units)
        for who in (1, 2)
    ]
    write_merged(tmp_path, *rows)
    return units


def test_rounds_are_told_apart(units: list[str], tmp_path: Path) -> None:
    """All rounds count together, or those that were named; one that nobody labelled is a wrong call."""
    settings = find_settings(tmp_path)
    assert [one.figures.counts.answers for one in find_quality(settings)] == [len(units)] * 2
    assert [one.figures.counts.answers for one in find_quality(settings, ["pilot"])] == [4, 4]
    with pytest.raises(UsageError, match="main, pilot"):
        find_quality(settings, ["other"])


def test_what_is_severe_is_a_setting(units: list[str], tmp_path: Path) -> None:
    """Nothing is severe where the usual question is not asked; the settings can say what is."""

    def severe(found: tuple[Quality, ...]) -> list[int]:
        return [sum(day.severe for day in one.figures.days) for one in found]

    assert severe(find_quality(find_settings(tmp_path))) == [0, 0]
    with (tmp_path / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write('severe = {question = "tone", values = ["hate"], weight = 2}\n')
    assert severe(find_quality(find_settings(tmp_path))) == [2, 2]
    assert len(units) == 8


def test_gold_is_that_of_the_dataset(units: list[str], tmp_path: Path) -> None:
    """Answers are held against the dataset's own gold; as long as that is not sound an error says so."""
    file = tmp_path / "data/gold/hostility.jsonl"
    file.parent.mkdir()
    line = {"unit_id": units[0], "answers": {"tone": "civil"}, "reason": "nobody is attacked"}
    file.write_text(json.dumps(line) + "\n", encoding="utf-8")
    settings = find_settings(tmp_path)
    with pytest.raises(DataError, match="builder gold check --record"):
        find_quality(settings)
    assert record_texts(settings, sound_config(settings, "hostility")) == 1
    known = [one.figures.gold for one in find_quality(settings)]
    assert [one.agreement.value if one else None for one in known] == [1.0, 1.0]


def test_nothing_merged_is_told(tmp_path: Path, units: list[str]) -> None:
    """Without merged tables, or with those of an older builder, the error says what to do."""
    mark = find_settings(tmp_path).merged_dir / MARK
    record = json.loads(mark.read_text(encoding="utf-8"))
    del record["schemas"]["suggestions"]
    mark.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(DataError, match="Merge again: builder merge"):
        find_quality(find_settings(tmp_path))
    mark.unlink()
    with pytest.raises(DataError, match="Merge first: builder merge"):
        find_quality(find_settings(tmp_path))
    assert units
