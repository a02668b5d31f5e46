"""Gold: the truth becomes a state for every line, or an error that says where it does not fit."""

from typing import Any

import pytest

from builder.core.errors import DataError
from builder.learn.gold import HEADLINE, gold_states
from builder.parse.batch import make_batch
from builder.parse.lines import split_lines
from builder.parse.model import STATES
from tests.unit.learn.folder import thread_of

TEXT = "Head\n\nOne.\n\nTwo.\n\n\nAnn\n\nYes.\n\nAnd more.\n\n\nNo.\n"
GOLD: dict[str, Any] = {
    "headline": "Head",
    "caption": None,
    "paragraphs": ["One.", "Two."],
    "comments": [{"author": "Ann", "body": ["Yes.", "", "And  more."]}, {"author": None, "body": "No."}],
}


def states(*threads: tuple[str, dict[str, Any]]) -> list[str]:
    """The names of the states of all lines."""
    made = [thread_of(text, gold, file=f"seedlike/{n}.txt") for n, (text, gold) in enumerate(threads)]
    batch = make_batch([thread.text for thread in made])
    found = gold_states(made, batch, split_lines(batch)).tolist()
    return ["headline" if state == HEADLINE else STATES[state] for state in found]


def test_every_line_has_its_state() -> None:
    """Lines are what gold says in order; a body may be one text or several, and one of nothing is no line."""
    wanted = ["headline", "paragraph", "paragraph", "author", "first", "more", "first"]
    assert states((TEXT, GOLD)) == wanted
    assert states((TEXT, GOLD), (TEXT, GOLD)) == wanted * 2


def test_a_caption_is_of_the_article() -> None:
    """A caption is a paragraph before the others; a capture may lack a headline."""
    gold = {**GOLD, "headline": None, "caption": "A bridge", "comments": GOLD["comments"][1:]}
    assert states(("A bridge\n\nOne.\n\nTwo.\n\n\nNo.\n", gold)) == ["paragraph"] * 3 + ["first"]


def test_white_space_is_not_compared() -> None:
    """A line fits gold that has other white space in it."""
    assert states((TEXT.replace("Head", " Head\t"), GOLD))[0] == "headline"


def test_another_line_is_named() -> None:
    """A line that gold does not have there raises with the file, the line and what was expected."""
    with pytest.raises(DataError, match=r"seedlike/1\.txt.*'Perhaps\.' is 'Yes\.'"):
        states((TEXT, GOLD), (TEXT.replace("Yes.", "Perhaps."), GOLD))


@pytest.mark.parametrize(("text", "lines"), [(TEXT + "\n\nMore.\n", 8), ("Head\n", 1), ("", 0)])
def test_another_number_of_lines_is_named(text: str, lines: int) -> None:
    """A text with more lines than its gold, or fewer, raises with the file and both numbers."""
    with pytest.raises(DataError, match=rf"seedlike/0\.txt: {lines} lines, but its gold has 7"):
        states((text, GOLD))
