"""A table against its schema."""

import pyarrow as pa
import pytest

from builder.contracts import catalogue
from builder.contracts.arrow import arrow_schema
from builder.contracts.columns import check_columns
from builder.contracts.faults import Fault

ROW = {
    "article_id": "a" + "0" * 20,
    "ordinal": 0,
    "kind": "comment",
    "char_start": 0,
    "char_end": 5,
    "comment_id": None,
    "probability": 0.5,
}


def segments(*rows: dict[str, object]) -> pa.Table:
    """A table of segments: valid rows with these cells changed."""
    return pa.Table.from_pylist([{**ROW, **row} for row in rows], schema=arrow_schema("segments"))


def faults(table: pa.Table) -> list[tuple[str, str, int]]:
    """The faults of a table of segments: column, check, number of rows."""
    return [(fault.column, fault.check, fault.count) for fault in check_columns(table, "segments")]


def only(table: pa.Table) -> Fault:
    """The one fault of a table of segments."""
    (fault,) = check_columns(table, "segments")
    return fault


def replaced(column: str, values: pa.Array) -> pa.Table:
    """A table of valid segments with another column in the place of one."""
    table = segments(*[{}] * len(values))
    return table.set_column(table.column_names.index(column), column, values)


def test_a_good_table_has_no_faults() -> None:
    """Valid rows, no rows and rows in several chunks are accepted."""
    table = segments({}, {"comment_id": "c" + "f" * 20}, {"probability": 1.0})
    assert faults(table) == []
    assert faults(table.slice(0, 0)) == []
    assert faults(pa.concat_tables([table, table.slice(0, 0), table])) == []


@pytest.mark.parametrize(
    ("column", "value", "check"),
    [
        ("article_id", "A" + "0" * 20, "pattern"),
        ("article_id", "a" + "0" * 20 + "\n", "pattern"),
        ("article_id", "", "pattern"),
        ("kind", "comments", "enum"),
        ("kind", "comment\n", "enum"),
        ("ordinal", -1, "minimum"),
        ("char_end", 0, "minimum"),
        ("probability", 1.5, "maximum"),
        ("probability", float("nan"), "type"),
        ("probability", float("inf"), "type"),
        ("probability", None, "type"),
        ("kind", None, "type"),
        ("comment_id", "a" + "0" * 20, "pattern"),
    ],
)
def test_a_wrong_value_is_found(column: str, value: object, check: str) -> None:
    """Each kind of wrong value is one fault with its column and keyword."""
    assert faults(segments({}, {column: value}, {})) == [(column, check, 1)]


def test_a_fault_names_its_rows() -> None:
    """Rows are numbered from 0 through all chunks; all are counted, the first are quoted."""
    table = pa.concat_tables([segments({}, {"ordinal": -1}), segments(*[{"ordinal": -2}] * 8)])
    fault = only(table)
    assert fault.count == 9
    assert [example.row for example in fault.examples] == [1, 2, 3, 4, 5]
    assert fault.examples[0].message == "-1 is less than the minimum of 0"
    assert fault.message.startswith(
        "segments.ordinal: row 1: -1 is less than the minimum of 0 (and 8 more). "
    )
    assert fault.message.endswith(
        ". Tables are never mended by hand: build them again with this version of the builder"
    )


def test_a_long_value_is_shortened() -> None:
    """A message quotes the beginning of a long value, not all of it."""
    (example,) = only(segments({"kind": "x" * 1_000_000})).examples
    assert len(example.value) == 80
    assert len(example.message) < 300


def test_a_missing_column_is_found() -> None:
    """A column that is not there is one fault; the others are still looked at."""
    table = segments({"ordinal": -1}).drop_columns(["kind"])
    assert faults(table) == [("kind", "required", 1), ("ordinal", "minimum", 1)]


def test_an_unknown_column_is_found() -> None:
    """A column that the schema does not know is a fault."""
    assert faults(segments({}).append_column("mood", pa.array(["good"]))) == [
        ("mood", "additionalProperties", 1)
    ]


def test_a_column_that_is_there_twice_is_found() -> None:
    """Two columns of one name are a fault, whatever is in them."""
    assert faults(segments({}).append_column("kind", pa.array([7]))) == [("kind", "additionalProperties", 1)]


def test_the_order_of_columns_is_part_of_the_schema() -> None:
    """The same columns in another order are a fault of the table."""
    table = segments({})
    assert faults(table.select(table.column_names[::-1])) == [("", "column order", 1)]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("kind", pa.array(["comment"], pa.large_string())),
        ("kind", pa.array(["comment"]).dictionary_encode()),
        ("kind", pa.array([None], pa.null())),
        ("ordinal", pa.array([0], pa.int64())),
        ("probability", pa.array([0.5], pa.float64())),
    ],
    ids=lambda value: str(getattr(value, "type", value)),
)
def test_another_type_is_found(column: str, values: pa.Array) -> None:
    """A column of a type near to the right one is a fault that names both."""
    fault = only(replaced(column, values))
    assert (fault.column, fault.check) == (column, "x-arrow")
    assert f"the Arrow type is {values.type}, not " in fault.message


def test_a_time_of_another_unit_is_found() -> None:
    """Milliseconds are not microseconds, and no zone is not UTC."""
    wanted = catalogue.table("articles").column("published_at")
    for other in (pa.timestamp("ms", tz="UTC"), pa.timestamp("us")):
        table = pa.table({wanted.name: pa.array([0], other)})
        checks = [fault.check for fault in check_columns(table, "articles") if fault.column == wanted.name]
        assert checks == ["x-arrow"]


def test_a_text_that_is_not_utf8_is_found() -> None:
    """Bytes that are no UTF-8 are a fault with their row, and nothing reads them as text."""
    broken = pa.array([b"comment", b"caf\xe9", b"blank"]).view(pa.string())
    fault = only(replaced("kind", broken))
    assert (fault.column, fault.check, fault.count) == ("kind", "utf8", 1)
    assert str(fault.examples[0]) == "row 1: b'caf\\xe9' is not UTF-8"


def test_a_damaged_column_is_found() -> None:
    """Offsets that lead outside the data are a fault, not a crash."""
    offsets = pa.array([0, 900_000, 7], pa.int32()).buffers()[1]
    damaged = pa.Array.from_buffers(pa.string(), 2, [None, offsets, pa.py_buffer(b"comment")])
    fault = only(replaced("kind", damaged))
    assert (fault.check, fault.count) == ("x-arrow", 1)
    assert "damaged" in fault.message


@pytest.mark.parametrize(
    "stamp", ["segments 0.9.0", "segments 1.1.0", "segments 10.0.0", "comments 1.0.0", "\xff"]
)
def test_another_version_is_found(stamp: str) -> None:
    """A table that was written under another version of its schema says so."""
    fault = only(segments({}).replace_schema_metadata({"newsthreads:schema": stamp}))
    assert (fault.check, fault.count) == ("version", 1)
    assert f"the table was written under schema {stamp}" in fault.message


@pytest.mark.parametrize("metadata", [None, {"pandas": "{}"}, {"newsthreads:schema": "segments 1.0.7"}])
def test_words_make_no_version(metadata: dict[str, str] | None) -> None:
    """A table without a stamp, or of a version that differs in words only, is accepted."""
    assert faults(segments({}).replace_schema_metadata(metadata)) == []
