"""The datasheet: counted facts between their markers, and the words of people left alone."""

from pathlib import Path

import pytest

from builder.core.errors import DataError
from builder.run.corpus.datasheet import filled, stale

TEXT = (
    "We have <!-- counted:articles -->1<!-- /counted --> of them.\n<!-- counted:list -->\n<!-- /counted -->\n"
)
KNOWN = {"articles": "2", "list": "| a |\n| b |"}


def test_facts_are_filled_in() -> None:
    """What stands between markers is replaced, several lines as lines of their own, and all else stays."""
    full = filled(TEXT, KNOWN)
    assert full == (
        "We have <!-- counted:articles -->2<!-- /counted --> of them.\n"
        "<!-- counted:list -->\n| a |\n| b |\n<!-- /counted -->\n"
    )
    assert filled(full, KNOWN) == full


def test_stale_facts_are_named() -> None:
    """A datasheet is stale where it tells other facts than the tables."""
    assert stale(TEXT, KNOWN) == ("articles", "list")
    assert stale(filled(TEXT, KNOWN), KNOWN) == ()


@pytest.mark.parametrize(
    "text",
    ["<!-- counted:sheep -->1<!-- /counted -->", "<!-- counted:list -->1", TEXT + "<!-- /counted -->"],
)
def test_a_wrong_marker_is_refused(text: str) -> None:
    """A marker that names no fact, or has no partner, is an error and not a silent gap."""
    with pytest.raises(DataError):
        filled(text, KNOWN)


def test_every_question_is_asked(repository: Path) -> None:
    """The template has all questions of Datasheets for Datasets; the sample's own has them answered."""
    template = (repository / "builder/_data/dataset/DATASHEET.md").read_text(encoding="utf-8")
    own = (repository / "DATASHEET.md").read_text(encoding="utf-8")
    questions = [line for line in template.splitlines() if line.startswith("### ")]
    assert len(questions) == 57
    assert [line for line in own.splitlines() if line.startswith("### ")] == questions
    assert "Not answered" not in own
