"""DATASHEET.md at the top of a dataset: what is out of date is named, and what people wrote is never lost."""

from pathlib import Path

import pytest

from builder.core.errors import DataError
from builder.core.settings import Settings
from builder.release.documents.datasheet import MADE
from builder.release.documents.questions import questions
from builder.run.releasing.datasheet import answers_of, read_datasheet, stale, write_datasheet

FUNDING = next(question.title for question in questions() if question.id == "funding")


def test_stale_answers_are_named() -> None:
    """Questions that are answered otherwise are named by their ids, and what stands above them as the head."""
    before = f"# Head\n\n### {FUNDING}\n\nNobody.\n"
    assert stale(before, before) == ()
    assert stale(before, before.replace("Nobody", "The town")) == ("funding",)
    assert stale(before, before.replace("Head", "Other")) == ("head",)
    assert stale("", before) == ("head", "funding")


def test_a_datasheet_written_by_hand_stays(tmp_path: Path) -> None:
    """A datasheet that the builder did not write is refused, and not a letter of it is lost."""
    (tmp_path / "DATASHEET.md").write_text("# Ours\n\n### Who?\n\nWe.\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"answers\.yaml"):
        write_datasheet(Settings(tmp_path), f"# New\n\n{MADE}\n")
    assert "We." in read_datasheet(Settings(tmp_path))


def test_a_written_datasheet_is_replaced(tmp_path: Path) -> None:
    """The builder's own datasheet gives way to a newer one."""
    for text in (f"# Old\n\n{MADE}\n", f"# New\n\n{MADE}\n"):
        write_datasheet(Settings(tmp_path), text)
    assert read_datasheet(Settings(tmp_path)).startswith("# New")


def test_a_dataset_without_answers_has_none(tmp_path: Path) -> None:
    """Where there is no answers.yaml nothing is answered, and that is no error."""
    assert answers_of(Settings(tmp_path)) == {}
    assert read_datasheet(Settings(tmp_path)) == ""


def test_the_samples_own_questions_are_answered(repository: Path) -> None:
    """The sample's datasheet asks all questions of Datasheets for Datasets, and every one is answered."""
    own = (repository / "DATASHEET.md").read_text(encoding="utf-8")
    asked = [line.removeprefix("### ") for line in own.splitlines() if line.startswith("### ")]
    assert asked == [question.title for question in questions()]
    assert len(asked) == 57
    assert "Not answered" not in own
