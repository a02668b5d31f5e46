"""Where jsonschema itself is too lenient, and the authority is not."""

import math

import pytest

from builder.contracts import authority

PATTERN = {"type": "string", "pattern": "^[a-z]+$"}


def broken(schema: dict[str, object], value: object) -> list[str]:
    """The keywords that a value breaks."""
    return [keyword for keyword, _ in authority.refusals(schema, value)]


def test_a_pattern_ends_where_the_text_ends() -> None:
    """A line end behind a text that matches is refused, though Python's ``$`` would let it pass."""
    assert broken(PATTERN, "abc") == []
    assert broken(PATTERN, "abc\n") == ["pattern"]


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_json_cannot_say_is_no_number(value: float) -> None:
    """NaN and infinity are not of type number."""
    assert broken({"type": "number", "minimum": 0, "maximum": 1}, value) == ["type"]


def test_formats_are_checked() -> None:
    """A date-time is checked, not only annotated."""
    moment = {"type": ["string", "null"], "format": "date-time"}
    assert broken(moment, "2031-03-14T09:00:00Z") == []
    assert broken(moment, None) == []
    assert broken(moment, "14 March") == ["format"]


def test_a_wrong_type_is_told_alone() -> None:
    """Null in a closed list is one fault, not two."""
    assert broken({"type": "string", "enum": ["a", "b"]}, None) == ["type"]


def test_the_words_are_those_of_jsonschema() -> None:
    """Messages name the value and what it should have been."""
    assert dict(authority.refusals({"enum": ["a", "b"]}, "c")) == {"enum": "'c' is not one of ['a', 'b']"}
    assert dict(authority.refusals(PATTERN, "A")) == {"pattern": "'A' does not match '^[a-z]+$'"}
