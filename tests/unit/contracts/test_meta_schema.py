"""The meta-schema refuses what the fast path could not decide as jsonschema does."""

from typing import Any

import pytest

from builder.contracts import authority, catalogue

TEXT = {"description": "A text.", "type": "string", "x-arrow": "string", "x-tier": "open"}
NUMBER = {"description": "A number.", "type": "integer", "x-arrow": "int32", "x-tier": "open"}
REAL = {"description": "A number.", "type": "number", "x-arrow": "float32", "x-tier": "open"}
MOMENT = {
    "description": "A time.",
    "type": "string",
    "format": "date-time",
    "x-arrow": "timestamp[us, tz=UTC]",
    "x-tier": "open",
}


def refused(column: dict[str, Any]) -> bool:
    """Whether a schema with that column breaks the meta-schema."""
    schema = catalogue.schema("capture_meta")
    schema["properties"] = {"column": column}
    return any(authority.errors_of(catalogue.schema("meta"), schema))


@pytest.mark.parametrize("column", [TEXT, NUMBER, REAL, MOMENT], ids=["text", "number", "real", "moment"])
def test_a_plain_column_is_fine(column: dict[str, Any]) -> None:
    """A column of each type with its words and tier is accepted."""
    assert not refused(column)


@pytest.mark.parametrize("part", ["description", "type", "x-arrow", "x-tier"])
def test_a_column_says_what_readers_need(part: str) -> None:
    """A column without description, type, Arrow type or tier is refused."""
    assert refused({key: value for key, value in TEXT.items() if key != part})


@pytest.mark.parametrize(
    "pattern",
    [
        "^a[0-9a-f]{20}$",
        "^[^/]+(/[^/]+)+$",
        "^https?://[^\x00- ]+$",
        "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        "^[.]$",
    ],
)
def test_plain_patterns_are_fine(pattern: str) -> None:
    """Literals, classes, groups and quantifiers between ^ and $ are accepted."""
    assert not refused({**TEXT, "pattern": pattern})


@pytest.mark.parametrize(
    "pattern",
    [
        "a$",
        "^a",
        "^a|b$",
        "^(a|b)$",
        "^a.b$",
        r"^\d$",
        r"^[\d]$",
        r"^a\.b$",
        "^(?=a)a$",
        "^(?:a)$",
        "^a+?$",
        "^a$b$",
        "^[[:alpha:]]$",
        "^[a&&b]$",
        "^$",
        "^a$\n",
    ],
)
def test_patterns_that_engines_read_differently_are_refused(pattern: str) -> None:
    """Alternatives, dots, backslashes, look-around and lazy quantifiers are refused."""
    assert refused({**TEXT, "pattern": pattern})


@pytest.mark.parametrize(
    "column",
    [
        {**TEXT, "minimum": 0},
        {**TEXT, "format": "date-time"},
        {**TEXT, "format": "uri"},
        {**TEXT, "const": "a"},
        {**TEXT, "type": "integer"},
        {**TEXT, "type": ["null", "string"]},
        {**TEXT, "enum": ["a"]},
        {**TEXT, "enum": ["a"], "x-values": {"a": "One."}, "type": ["string", "null"]},
        {**TEXT, "x-tier": "secret"},
        {**TEXT, "x-arrow": "large_string"},
        {**TEXT, "x-references": "articles"},
        {**TEXT, "x-derived": False},
        {**TEXT, "description": "no capital and no end"},
        {**NUMBER, "minimum": 0.5},
        {**NUMBER, "maximum": 2**53},
        {**NUMBER, "pattern": "^a$"},
        {**NUMBER, "multipleOf": 2},
        {**NUMBER, "exclusiveMinimum": 0},
        {**REAL, "type": "integer"},
        {**REAL, "maxLength": 3},
        {**MOMENT, "pattern": "^a$"},
        {key: value for key, value in MOMENT.items() if key != "format"},
    ],
    ids=str,
)
def test_what_cannot_be_decided_is_refused(column: dict[str, Any]) -> None:
    """Keywords that do not fit the type, unknown keywords and unknown marks are refused."""
    assert refused(column)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("additionalProperties", True),
        ("version", "1"),
        ("x-key", ["column"]),
        ("allOf", []),
        ("properties", {}),
    ],
)
def test_a_schema_is_closed_and_versioned(part: str, value: object) -> None:
    """A schema that is open, has no version or a key without an order is refused."""
    schema = {**catalogue.schema("capture_meta"), part: value}
    assert any(authority.errors_of(catalogue.schema("meta"), schema))
