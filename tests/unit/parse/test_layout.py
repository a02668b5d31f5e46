"""Layout: blank lines and indents tell the convention."""

import pytest

from builder.parse.layout import LAYOUTS, layouts
from tests.unit.parse.reading import lines_of

GAPPED = "Head\n\nOne.\n\nTwo.\n\n\nAnn\n\nYes.\n"
TEXTS = {
    "gapped": (GAPPED, "gapped"),
    "three lines": ("a\n\nb\n\nc\n", "gapped"),
    "dump": ("Head\nOne.\nTwo.\nAnn\nYes.\n", "dump"),
    "indented": ("a\n\n  b\n\nc\n\n\td\n", "dump"),
    "one in a hundred joined": ("x\n\n" * 99 + "x\ny\n", "gapped"),
    "one in twenty joined": ("x\n\n" * 19 + "x\ny\n", "dump"),
    "HTML": ("<!DOCTYPE html>\n\n<html>\n\n<p>One.</p>\n", "dump"),
    "HTML in one line": ("<html lang=en><p>One.</p>\n", "dump"),
    "a tag": ("<em>Head</em>\n\nOne.\n\nTwo.\n", "gapped"),
    "two lines": ("Head\nOne.\n", "unknown"),
    "empty": ("", "unknown"),
    "blank": ("\n\n \n", "unknown"),
}


@pytest.mark.parametrize(("text", "layout"), TEXTS.values(), ids=TEXTS)
def test_a_text_shows_its_layout(text: str, layout: str) -> None:
    """A text is gapped, a dump, or too short to tell."""
    assert LAYOUTS[layouts(*lines_of(text))[0]] == layout


def test_each_text_is_judged_alone() -> None:
    """The layouts of a batch are those of its texts."""
    found = layouts(*lines_of(*(text for text, _ in TEXTS.values())))
    assert [LAYOUTS[each] for each in found] == [layout for _, layout in TEXTS.values()]
