"""What is read by the short way, and what is left to the careful one."""

from typing import Any

import pytest

from builder.annotate.merging.asked import asked_of
from builder.annotate.merging.plain import Interpreted
from tests.unit.annotate.pulled import XML, choice, raw, span

TEXT = "Ha 😀 the\r\nidiots, idiots"
PLAIN = asked_of(XML).plain


def test_options_and_marks_are_plain() -> None:
    """Options come in the order of the config, marks in that of the text, whatever was clicked first."""
    said = [
        span(10, 16, "idiots"),
        choice("target", "group", "person"),
        choice("tone", "rude"),
        span(3, 4, "😀"),
    ]
    assert PLAIN.rows(raw(said), TEXT) == Interpreted(
        (
            ("target", 0, "person", None, None),
            ("target", 1, "group", None, None),
            ("tone", 0, "rude", None, None),
        ),
        ((3, 4, "span", "slur", "😀"), (10, 16, "span", "slur", "idiots")),
    )


@pytest.mark.parametrize(
    "said",
    [
        [],
        [span(3, 4, "😀")],
        [choice("tone", "rude")],
        [choice("tone", "civil"), choice("target", "group")],
        [choice("tone", "civil"), choice("tone", "civil")],
        [choice("tone", "civil", "rude")],
        [choice("tone", "mad")],
        [{**choice("tone"), "value": {"choices": [[]]}}],
        [{**choice("tone", "civil"), "to_name": "article"}],
        [{**choice("tone", "civil"), "from_name": {}}],
        [choice("tone", "civil"), span(3, 4, "the")],
        [choice("tone", "civil"), span(3, 40, "😀")],
        [choice("tone", "civil"), None],
    ],
)
def test_all_else_is_left(said: list[Any]) -> None:
    """What is missing, not asked, twice, unknown, odd or beside the text is left to the way that can say why."""
    assert PLAIN.rows(raw(said), TEXT) is None
