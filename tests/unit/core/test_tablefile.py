"""Table files: their bytes tell the rows, and not how the rows came in."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builder.core import tablefile
from builder.core.errors import DataError
from builder.core.tablefile import TableWriter, read_parts, read_table, table_file, write_parts

SCHEMA = pa.schema(
    [pa.field("id", pa.string(), nullable=False), pa.field("n", pa.int32()), pa.field("text", pa.string())]
)


@pytest.fixture(autouse=True)
def _small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tablefile, "ROW_GROUP", 100)
    monkeypatch.setattr(tablefile, "ROW_GROUP_BYTES", 4_000)


def rows(count: int) -> pa.Table:
    """So many rows, some of their texts missing, some long."""
    texts = [None if n % 7 == 0 else "x" * (n % 90) for n in range(count)]
    return pa.table([[f"a{n}" for n in range(count)], range(count), texts], schema=SCHEMA)


def pieces(table: pa.Table, size: int) -> Iterator[pa.Table]:
    """The table in pieces, each with buffers of its own or not, as they may come in."""
    for start in range(0, table.num_rows, size):
        piece = table.slice(start, size)
        yield piece.combine_chunks() if start % 2 else piece


def written(file: Path, tables: Iterator[pa.Table]) -> bytes:
    """The bytes of a file into which these pieces went."""
    with TableWriter(file, SCHEMA, repetitive=["id"]) as writer:
        for table in tables:
            writer.write(table)
    return file.read_bytes()


@pytest.mark.parametrize("size", [1, 33, 100, 101, 250, 1000])
def test_bytes_depend_on_rows_alone(tmp_path: Path, size: int) -> None:
    """The same rows in pieces of any size give the same bytes."""
    table = rows(1000)
    assert written(tmp_path / "a", pieces(table, size)) == written(tmp_path / "b", iter([table]))
    assert pq.read_table(tmp_path / "a").equals(table.cast(SCHEMA))


def test_row_groups_are_bounded(tmp_path: Path) -> None:
    """No row group has more rows than the bound, nor goes on after its texts have reached theirs."""
    written(tmp_path / "a", pieces(rows(1000), 77))
    metadata = pq.ParquetFile(tmp_path / "a").metadata
    sizes = [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]
    assert max(sizes) <= 100
    assert min(sizes[:-1]) < 100
    assert sum(sizes) == 1000


def test_an_empty_table_is_a_table(tmp_path: Path) -> None:
    """A table without rows has its columns."""
    written(table_file(tmp_path, "none"), iter([]))
    assert read_table(tmp_path, "none").schema.equals(SCHEMA)


def test_some_columns_are_read(tmp_path: Path) -> None:
    """A table can be read in part."""
    written(table_file(tmp_path, "some"), iter([rows(10)]))
    assert read_table(tmp_path, "some", ["n"]).column_names == ["n"]


def test_a_missing_value_is_refused(tmp_path: Path) -> None:
    """A column that must not be null is not written with a null."""
    with pytest.raises(ValueError, match="non-nullable"):
        written(tmp_path / "a", iter([pa.table([[None], [1], [""]], names=SCHEMA.names)]))


def test_a_missing_or_broken_table_is_told(tmp_path: Path) -> None:
    """A table that is not there, or no Parquet, is refused by name with what to do."""
    with pytest.raises(DataError, match="builder build"):
        read_table(tmp_path, "articles")
    table_file(tmp_path, "articles").write_bytes(b"PAR1 no more")
    with pytest.raises(DataError, match=r"articles\.parquet"):
        read_table(tmp_path, "articles")


def test_parts_give_back_what_went_in(tmp_path: Path) -> None:
    """What one process writes for another comes out the same, table by table, also after the file is gone."""
    write_parts(tmp_path / "a", [rows(50), rows(0), rows(3)])
    tables = read_parts(tmp_path / "a")
    (tmp_path / "a").unlink()
    assert [table.num_rows for table in tables] == [50, 0, 3]
    assert tables[0].equals(rows(50))


def test_parts_are_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """When writing breaks off, the file of before stands and nothing lies beside it."""
    write_parts(tmp_path / "a", [rows(5)])

    def breaking() -> Iterator[pa.Table]:
        yield rows(50)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_parts(tmp_path / "a", breaking())
    assert read_parts(tmp_path / "a")[0].num_rows == 5
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_rows_that_wait_are_in_memory_of_their_own(tmp_path: Path) -> None:
    """A writer whose row group is not full yet holds no map of the file that the rows came from."""
    part = tmp_path / "part"
    write_parts(part, [rows(130)])
    with TableWriter(tmp_path / "a.parquet", SCHEMA) as writer:
        (table,) = read_parts(part)
        before = pa.total_allocated_bytes()
        writer.write(table)
        assert pa.total_allocated_bytes() > before
        del table
        part.write_bytes(bytes(part.stat().st_size))
    assert pq.read_table(tmp_path / "a.parquet").equals(rows(130))
