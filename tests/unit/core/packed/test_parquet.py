"""Parquet files give all records that can be read, and say which cannot."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builder.core.packed.record import Record
from tests.unit.core.packed.test_reading import PAGE, faults, read, sound


def test_parquet(tmp_path: Path) -> None:
    """Text may be text, bytes or a dictionary, an id a number; columns named as in side files make one."""
    ids, texts = ["a", "b", None, "d"], ["naïve", None, "x", "x" * 1_001]
    for text in (pa.array(texts), pa.array(texts, pa.large_binary()), pa.array(texts).dictionary_encode()):
        pq.write_table(
            pa.table({"id": ids, "text": text, "url": [PAGE] * 4}), tmp_path / "a.parquet", row_group_size=2
        )
        (only,) = [one for one in read(tmp_path / "a.parquet") if isinstance(one.data, bytes)]
        assert only == Record(0, "a", "naïve".encode(), json.dumps({"url": PAGE}).encode())
        assert faults(tmp_path / "a.parquet") == [
            (1, "b", "unreadable"),
            (2, "", "unreadable"),
            (3, "d", "too_large"),
        ]
    pq.write_table(pa.table({"id": [1, 2], "text": [1.5, 2.5]}), tmp_path / "b.parquet")
    assert faults(tmp_path / "b.parquet") == [(0, "1", "unreadable"), (1, "2", "unreadable")]


def test_parquet_without_its_columns(tmp_path: Path) -> None:
    """A table without id and text, and what is no Parquet at all, is one fault that says so."""
    pq.write_table(pa.table({"id": ["a"]}), tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 not")
    assert faults(tmp_path / "a.parquet") == faults(tmp_path / "b.parquet") == [(0, "", "unreadable")]


def not_utf8(*values: bytes) -> pa.Array:
    """A column that says it is text and is not."""
    made = pa.array(values, pa.binary())
    return pa.Array.from_buffers(pa.string(), len(values), made.buffers())


@pytest.mark.parametrize("column", [[["a"]], [{"part": "a"}]])
@pytest.mark.parametrize("name", ["id", "text"])
def test_parquet_with_columns_of_another_shape(tmp_path: Path, name: str, column: list[Any]) -> None:
    """An id or a text that is a list or has parts is a fault of its record."""
    rows = {"id": ["a"], "text": ["a"]} | {name: column}
    pq.write_table(pa.table(rows), tmp_path / "a.parquet")
    assert faults(tmp_path / "a.parquet") == [(0, "" if name == "id" else "a", "unreadable")]


def test_parquet_with_a_column_twice(tmp_path: Path) -> None:
    """Where two columns have the name that counts, nobody knows which is meant."""
    column = pa.array(["a"])
    for names in (["id", "text", "text"], ["id", "id", "text"], ["id", "text", "url", "url"]):
        pq.write_table(pa.Table.from_arrays([column] * len(names), names), tmp_path / "a.parquet")
        assert faults(tmp_path / "a.parquet") == [(0, "", "unreadable")]


def test_parquet_with_values_that_are_none(tmp_path: Path) -> None:
    """An id, an address or a time that Python cannot hold costs no record; it is spelt, or said to be unreadable."""
    rows = {
        "id": not_utf8(b"a", b"\xff"),
        "text": ["a", "b"],
        "url": not_utf8(b"\xff", b"b"),
        "published_at": pa.array([10**18, 0], pa.timestamp("ms")),
    }
    pq.write_table(pa.table(rows), tmp_path / "a.parquet")
    first, second = read(tmp_path / "a.parquet")
    assert (first.id, second.id, second.data) == ("a", "\\xff", b"b")
    assert json.loads(first.meta or b"") == {"published_at": "unreadable timestamp[ms]", "url": "\\xff"}
    pq.write_table(
        pa.table({"id": ["a"], "text": ["a"], "published_at": pa.array([0], pa.timestamp("us", "No/Where"))}),
        tmp_path / "a.parquet",
    )
    assert sound(tmp_path / "a.parquet") == {"a": b"a"}


def test_a_damaged_row_group_of_parquet(tmp_path: Path) -> None:
    """Where a row group is damaged, those before and after it are read."""
    texts = [f"{hash(str(number)):x}" * 20 for number in range(30)]
    file = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"id": [f"{number}" for number in range(30)], "text": texts}), file, row_group_size=10
    )
    column = pq.read_metadata(file).row_group(1).column(1)
    content = bytearray(file.read_bytes())
    start = column.dictionary_page_offset or column.data_page_offset
    content[start : start + 40] = bytes(range(200, 240))
    file.write_bytes(content)
    assert set(sound(file)) == {f"{number}" for number in (*range(10), *range(20, 30))}
    assert faults(file) == [(10, "", "unreadable")]


def test_a_huge_value_of_parquet_is_not_read(tmp_path: Path) -> None:
    """A row group of one huge text is passed over by what the file says of its size."""
    with pq.ParquetWriter(
        tmp_path / "a.parquet", pa.schema({"id": pa.string(), "text": pa.string()})
    ) as writer:
        for row in ({"id": ["a"], "text": ["x" * 3_000_000]}, {"id": ["b"], "text": ["b"]}):
            writer.write_table(pa.table(row))
    assert [(one.id, isinstance(one.data, bytes)) for one in read(tmp_path / "a.parquet")] == [
        ("a", False),
        ("b", True),
    ]
