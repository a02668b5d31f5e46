"""The fast path and jsonschema agree on any schema that the meta-schema allows, not only on ours."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.contracts import authority, catalogue
from builder.contracts.columns import check_contract
from builder.contracts.rows import record
from builder.contracts.strategies import any_tables

MARKS = {"description": "A column.", "x-tier": "open"}
CLASSES = st.sampled_from(
    ["[0-9a-f]", "[a-zA-Z]", "[^/]", "[^\x00- ]", "[.]", "[é-ü]", "[a-]", "a", "/", "-", ":"]
)
FEW = st.sampled_from(["", "", "?", "{2}", "{1,3}"])
ATOMS = st.builds("{}{}".format, CLASSES, FEW)
GROUPS = st.builds("({}){}".format, st.lists(ATOMS, min_size=1, max_size=2).map("".join), FEW)
# At most one repetition without end: several that share a text make Python take for ever to refuse it.
MANY = st.builds("{}{}".format, CLASSES, st.sampled_from(["+", "*", "{2,}"])) | st.sampled_from(
    ["(/[^/]+)+", "(-[a-z]{2,3})*", "([.])+"]
)
PARTS = st.lists(ATOMS | GROUPS, max_size=2).map("".join)
PATTERNS = st.builds("^{}{}{}$".format, PARTS, MANY | ATOMS, PARTS)
WORDS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, max_size=3, unique=True)


def typed(name: str) -> st.SearchStrategy[Any]:
    """A JSON type with or without null."""
    return st.sampled_from([name, [name, "null"]])


def bounds(values: st.SearchStrategy[Any], low: str, high: str) -> st.SearchStrategy[dict[str, Any]]:
    """Two bounds in their order, one, or none."""
    both = st.tuples(values, values).map(sorted).map(lambda pair: {low: pair[0], high: pair[1]})
    return (
        both
        | st.builds(lambda value: {low: value}, values)
        | st.builds(lambda value: {high: value}, values)
        | st.just({})
    )


TEXTS = st.builds(
    lambda kind, pattern, length: {**MARKS, "x-arrow": "string", "type": kind, **pattern, **length},
    typed("string"),
    st.just({}) | st.builds(lambda pattern: {"pattern": pattern}, PATTERNS),
    bounds(st.integers(0, 4), "minLength", "maxLength"),
)
LISTS = st.builds(
    lambda words: {
        **MARKS,
        "x-arrow": "string",
        "type": "string",
        "enum": words,
        "x-values": dict.fromkeys(words, "A value."),
    },
    WORDS,
)
NUMBERS = st.builds(
    lambda arrow, kind, reach: {**MARKS, "x-arrow": arrow, "type": kind, **reach},
    st.sampled_from(["int32", "int64"]),
    typed("integer"),
    bounds(st.integers(-(2**31), 2**31 - 1) | st.integers(-3, 3), "minimum", "maximum"),
)
REALS = st.builds(
    lambda arrow, kind, reach: {**MARKS, "x-arrow": arrow, "type": kind, **reach},
    st.sampled_from(["float32", "float64"]),
    typed("number"),
    bounds(st.floats(-1e6, 1e6) | st.sampled_from([0, 1, 0.1, 1e-7]), "minimum", "maximum"),
)
TRUTHS = st.builds(lambda kind: {**MARKS, "x-arrow": "bool", "type": kind}, typed("boolean"))
MOMENTS = st.builds(
    lambda kind: {**MARKS, "x-arrow": "timestamp[us, tz=UTC]", "type": kind, "format": "date-time"},
    typed("string"),
)


def schema_of(column: dict[str, Any]) -> dict[str, Any]:
    """A schema of one column."""
    return {**catalogue.schema("capture_meta"), "properties": {"column": column}}


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(column=TEXTS | LISTS | NUMBERS | REALS | TRUTHS | MOMENTS, data=st.data())
def test_any_column_is_decided_alike(column: dict[str, Any], data: st.DataObject) -> None:
    """Whatever a column demands within the vocabulary, both refuse the same cells for the same reasons."""
    schema = schema_of(column)
    table = data.draw(any_tables(catalogue.table_of(schema)))
    fast = {
        (example.row, fault.check)
        for fault in check_contract(table, schema, limit=table.num_rows)
        for example in fault.examples
    }
    cells = [record(table, row)["column"] for row in range(table.num_rows)]
    slow = {
        (row, keyword) for row, cell in enumerate(cells) for keyword, _ in authority.refusals(column, cell)
    }
    assert fast == slow


@settings(suppress_health_check=list(HealthCheck))
@given(column=TEXTS | LISTS | NUMBERS | REALS | TRUTHS | MOMENTS)
def test_what_is_drawn_is_in_the_vocabulary(column: dict[str, Any]) -> None:
    """The columns of the test above obey the meta-schema."""
    assert not [error.message for error in authority.errors_of(catalogue.schema("meta"), schema_of(column))]
