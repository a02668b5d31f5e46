"""Issues: a closed list of codes, each with its severity."""

import json
from pathlib import Path

import pytest

from builder.core.issues import CODES, SEVERITIES, issue


def test_codes_are_those_of_the_schema(repository: Path) -> None:
    """The codes and severities in the code and in the table's schema are the same."""
    schema = json.loads((repository / "schemas/issues.schema.json").read_text(encoding="utf-8"))
    assert set(CODES) == set(schema["properties"]["code"]["enum"])
    assert set(SEVERITIES) == set(schema["properties"]["severity"]["enum"])


def test_severity_follows_from_the_code() -> None:
    """Nobody says how bad an issue is: its code does."""
    made = issue("paper/one.txt", "comments_lost", "Five blank lines.", (10, 15))
    assert (made.severity, made.char_start, made.char_end) == ("warning", 10, 15)


def test_an_unknown_code_is_refused() -> None:
    """A code that is not on the list cannot be raised."""
    with pytest.raises(KeyError):
        issue("paper/one.txt", "odd", "Odd.")
