"""What a result says, or the place and kind of each fault in it."""

from typing import Any

import pytest

from builder.annotate.merging.asked import asked_of
from builder.annotate.merging.interpret import interpret
from builder.annotate.merging.plain import Interpreted
from tests.unit.annotate.pulled import XML, choice, raw, span

TEXT = "Ha 😀 the\r\nidiots, 👍🏽 idiots"
CIVIL = choice("tone", "civil")
RUDE = choice("tone", "rude")


def read(*items: Any, text: str | None = TEXT) -> Interpreted:
    """What a result comes to under the config of the tests."""
    return interpret(raw(list(items)), asked_of(XML), text)


def reasons(*items: Any) -> list[tuple[str, str]]:
    """Reason and pointer of each fault."""
    return [(one.reason, one.pointer) for one in read(*items).reasons]


@pytest.mark.parametrize(
    ("start", "end", "claimed"),
    [
        (3, 4, "😀"),
        (10, 16, "idiots"),
        (18, 20, "👍🏽"),
        (21, 27, "idiots"),
        (5, 16, "the\\n\\nidiots"),
        (5, 16, "the\r\nidiots"),
    ],
)
def test_offsets_are_code_points(start: int, end: int, claimed: str) -> None:
    """A span marks the characters from start to end, line ends as the page copies them or as they are."""
    (marked,) = read(CIVIL, span(start, end, claimed)).spans
    assert marked == (start, end, "span", "slur", TEXT[start:end])


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        ({"start": 11, "end": 17, "text": "idiots"}, "/result/1/value/text"),
        ({"start": 21, "end": 28, "text": "idiots"}, "/result/1/value"),
        ({"start": 5, "end": 5, "text": ""}, "/result/1/value"),
        ({"start": 8, "end": 5, "text": "the"}, "/result/1/value"),
        ({"start": -6, "end": 27, "text": "idiots"}, "/result/1/value"),
        ({"start": 21, "end": 27}, "/result/1/value"),
    ],
)
def test_a_span_that_lies_is_rejected(value: dict[str, Any], pointer: str) -> None:
    """Outside the text, empty, backwards, or over other characters than it claims: never merged."""
    item = {**span(0, 0, ""), "value": {**value, "labels": ["slur"]}}
    assert ("offsets", pointer) in reasons(CIVIL, item)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], [("empty", "/result")]),
        ([choice("tone")], [("empty", "/result")]),
        ([choice("mood", "good")], [("unknown_question", "/result/0/from_name")]),
        ([CIVIL, {"type": "relation", "from_id": "a", "to_id": "b"}], [("unknown_question", "/result/1")]),
        ([choice("tone", "mad")], [("schema", "/result/0/value/choices/0")]),
        ([choice("tone", "rude"), choice("target", "group", "cat")], [("schema", "/result/1/value/choices/1")]),
        ([RUDE, choice("target", "group"), choice("target", "cat")], [("schema", "/result/2/value/choices/0")]),
        ([choice("tone", "civil", "rude"), choice("target", "group")], [("schema", "/result/0/value/choices/1")]),
        ([CIVIL, choice("tone", "civil")], [("schema", "/result/1/value/choices/0")]),
        ([choice("tone", "rude")], [("missing_answer", "/result")]),
        ([choice("target", "group")], [("missing_answer", "/result")]),
        ([CIVIL, choice("target", "group")], [("schema", "/result/1/value/choices")]),
        ([CIVIL, span(10, 16, "idiots", "praise")], [("schema", "/result/1/value/labels/0")]),
        ([{**CIVIL, "type": "rating"}], [("schema", "/result/0/type")]),
        ([{**CIVIL, "to_name": "article"}], [("schema", "/result/0/to_name")]),
        ([CIVIL, "x"], [("malformed", "/result/1")]),
        ([{**CIVIL, "value": None}], [("malformed", "/result/0/value")]),
    ],
)  # fmt: skip
def test_each_fault_has_its_place(items: list[Any], expected: list[tuple[str, str]]) -> None:
    """A fault is told by its kind and by the place in the record that has it."""
    assert reasons(*items) == expected


def test_a_result_that_is_no_list_is_malformed() -> None:
    """Whatever stands in the place of the list is told and not read."""
    assert [one.reason for one in interpret(raw({"a": 1}), asked_of(XML), TEXT).reasons] == ["malformed"]


def test_a_hidden_question_need_not_be_answered() -> None:
    """A required question that was not asked is not missed."""
    assert read(CIVIL).reasons == ()


def test_a_missing_answer_is_named() -> None:
    """The question that was asked and not answered is named in the words."""
    assert "target" in read(choice("tone", "rude")).reasons[0].detail


def test_half_a_character_is_malformed() -> None:
    """A text that no file can hold is told and not written."""
    note = {
        "from_name": "note",
        "to_name": "comment",
        "type": "textarea",
        "value": {"text": ["ok", "\ud83d"]},
    }
    assert reasons(CIVIL, note) == [("malformed", "/result/1/value/text/1")]


def test_without_the_text_nothing_is_taken_from_a_result() -> None:
    """Where the text is not at hand, answers are still judged, and spans are taken for nothing."""
    assert read(CIVIL, span(900, 901, "x"), text=None) == Interpreted()
    assert read(choice("tone", "mad"), text=None).reasons
