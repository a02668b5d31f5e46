"""Showing a capture: every line, its kind, its probability, and nothing that the terminal would obey."""

import json
from pathlib import Path

import pytest

from builder.cli.screen import harmless
from builder.core.ids import article_id
from tests.unit.cli.conftest import Call


@pytest.mark.parametrize("wanted", ["paper/a.txt", "data/raw/paper/a.txt", article_id("paper/a.txt")])
def test_a_capture_is_found_by_name_path_and_id(dataset: Path, call: Call, wanted: str) -> None:
    """A capture is shown whether one gives its name, its path, or its article's id."""
    assert (dataset / "data/raw/paper/a.txt").exists()
    code, said, _ = call("show", wanted)
    assert code == 0
    assert said.startswith("paper/a.txt\n")
    assert "1 headline 1.00 Crane stands still" in " ".join(said.split())


@pytest.mark.usefixtures("dataset")
def test_markup_is_shown_as_it_is(call: Call) -> None:
    """What looks like markup or an escape sequence is text."""
    assert "a [bold]crane[/bold]" in call("show", "paper/a.txt")[1]
    assert "it stinks\\x1b[31m" in call("show", "paper/b.txt", "--comments")[1]


@pytest.mark.usefixtures("dataset")
def test_a_thread_names_lost_authors(call: Call) -> None:
    """In a thread each comment has an author, or the word that the author is lost."""
    said = call("show", "paper/a.txt", "--comments")[1]
    assert [word in said for word in ("  1  Ann", "  2  lost author", "  3  ANN")] == [True] * 3


@pytest.mark.usefixtures("dataset")
def test_a_look_for_machines(call: Call) -> None:
    """With --json there are article, comments, lines and issues, the lines with their place in the text."""
    seen = json.loads(call("show", "paper/a.txt", "--json")[1])
    assert set(seen) == {"capture", "article", "comments", "lines", "issues"}
    assert seen["lines"][1]["kind"] == "comment"
    assert seen["lines"][0] == {
        "number": 1,
        "char_start": 0,
        "char_end": 18,
        "kind": "headline",
        "probability": 1.0,
        "comment_id": None,
        "text": "Crane stands still",
    }


@pytest.mark.usefixtures("dataset")
def test_a_capture_without_an_article(call: Call) -> None:
    """A capture that nothing could be made of shows its issue and ends with 1."""
    code, said, _ = call("show", "radio/empty.txt")
    assert code == 1
    assert "empty" in said


@pytest.mark.parametrize(
    "character", [chr(n) for n in (*range(9), *range(10, 32), *range(127, 160), 0x202E, 0x2066)]
)
def test_control_characters_are_spelt(character: str) -> None:
    """Controls, and what reorders a line, are spelt; a tab is space; letters of any script stay."""
    assert character not in harmless(f"a{character}b")
    assert harmless("\tعربي ünï 😀") == "    عربي ünï 😀"
