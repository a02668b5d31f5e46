"""Tables as files: Parquet whose bytes depend on the rows alone, and Arrow files between processes."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from builder.core.errors import DataError
from builder.core.seal import SEAL, Sealing

ROW_GROUP = 20_000
"""Rows of a row group; fewer where the texts are long."""
ROW_GROUP_BYTES = 16_000_000
"""A row group ends with the row that brings its texts to this size."""


_AGAIN = "Make the tables of its folder again: builder build, builder merge or builder aggregate"


def table_file(folder: Path, name: str) -> Path:
    """Where the table of that name is kept in a folder of tables."""
    return folder / f"{name}.parquet"


def read_table(folder: Path, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """A table, or some columns of it; ``DataError`` where it is missing, no Parquet file, or without them."""
    file = table_file(folder, name)
    with readable(file), pq.ParquetFile(file, memory_map=True) as opened:
        names = opened.schema_arrow.names if columns is None else list(columns)
        return opened.read(names).select(names)


@contextmanager
def readable(file: Path) -> Iterator[None]:
    """Inside, what keeps a table's file from being read becomes a ``DataError`` with a cure."""
    try:
        yield
    except FileNotFoundError as error:
        raise DataError(f"There is no {file}. {_AGAIN}") from error
    except (OSError, KeyError, pa.ArrowInvalid) as error:
        raise DataError(f"{file} cannot be read: {error}. {_AGAIN}") from error


LEVEL = 1
"""Level 3 takes twice the time for a tenth of the size: worth it once for a release, not at every build."""
RELEASE_LEVEL = 3
"""The level of a release."""


PAGE_STEP = 4096
"""A page may end after every so many rows; with fewer the writer takes longer."""


class TableWriter:
    """Writes one table as it comes in, in pieces of any size; the file does not tell how it came in.

    Row groups end after ``ROW_GROUP`` rows or ``ROW_GROUP_BYTES`` of text, whichever comes first.
    ``repetitive`` names the columns with few different values, ``even`` the strings that are equally long,
    ``sorted_by`` the columns that the rows are sorted by, ``level`` is that of the compression.
    """

    def __init__(
        self,
        file: Path,
        schema: pa.Schema,
        repetitive: Sequence[str] = (),
        even: Sequence[str] = (),
        sorted_by: Sequence[str] = (),
        *,
        level: int = LEVEL,
    ) -> None:
        self.rows = 0
        self._schema = schema
        self._held: list[pa.Table] = []
        self._held_rows = 0
        self._held_bytes = 0
        self._writer = pq.ParquetWriter(
            file,
            schema,
            version="2.6",
            compression="zstd",
            compression_level=level,
            use_dictionary=list(repetitive),
            column_encoding={
                **{field.name: "DELTA_BINARY_PACKED" for field in schema if pa.types.is_integer(field.type)},
                # Hashes without their lengths between them are smaller, and compressed in half the time.
                **dict.fromkeys(even, "DELTA_LENGTH_BYTE_ARRAY"),
            },
            # The least and greatest of hashes and texts would let no reader skip anything.
            write_statistics=list(sorted_by),
            write_page_index=True,
            write_batch_size=PAGE_STEP,
            store_schema=False,
        )

    def write(self, table: pa.Table) -> None:
        """Take some rows, whose columns must be those of the schema in its order."""
        self.rows += table.num_rows
        self._held.append(table if table.schema == self._schema else table.cast(self._schema))
        self._held_rows += table.num_rows
        self._held_bytes += table.nbytes
        if self._held_rows >= ROW_GROUP or self._held_bytes >= ROW_GROUP_BYTES:
            self._flush()
        self._held[-1] = _owned(self._held[-1])

    def _flush(self) -> None:
        table = pa.concat_tables(self._held)
        while end := _end_of_group(table):
            self._writer.write_table(table.slice(0, end).combine_chunks(), row_group_size=end)
            table = table.slice(end)
        self._held = [table]
        self._held_rows = table.num_rows
        self._held_bytes = table.nbytes

    def close(self) -> None:
        """Write what is held, and the footer."""
        rest = pa.concat_tables(self._held) if self._held else self._schema.empty_table()
        if rest.num_rows:
            self._writer.write_table(rest.combine_chunks(), row_group_size=rest.num_rows)
        self._held = []
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._writer.close()


def _owned(table: pa.Table) -> pa.Table:
    """The rows in memory of their own: those that wait must not keep the file in memory that they are mapped from."""
    columns = [
        pa.concat_arrays([*column.chunks, pa.array([], column.type)]) if column.num_chunks else column
        for column in table.columns
    ]
    return pa.Table.from_arrays(columns, schema=table.schema)


def _end_of_group(table: pa.Table) -> int:
    """How many rows the first row group of a table has; 0 where more rows are needed to say."""
    head = table.slice(0, ROW_GROUP)
    if head.nbytes >= ROW_GROUP_BYTES:
        reached = np.flatnonzero(np.cumsum(_text_bytes(head)) >= ROW_GROUP_BYTES)
        if len(reached):
            return int(reached[0]) + 1
    return ROW_GROUP if head.num_rows == ROW_GROUP else 0


def _text_bytes(table: pa.Table) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    total = np.zeros(table.num_rows, np.int64)
    for column in table.columns:
        if pa.types.is_string(column.type):
            total += pc.fill_null(pc.binary_length(column), 0).to_numpy()
    return total


def table_in(content: bytes, name: str) -> pa.Table:
    """The table in the bytes of a Parquet file; ``DataError`` with the file's name where they are none."""
    try:
        with pq.ParquetFile(pa.BufferReader(content)) as opened:
            return opened.read()
    except (OSError, pa.ArrowException) as error:
        raise DataError(f"{name} is no sound Parquet file: {error}") from error


def write_parts(file: Path, tables: Iterable[pa.Table]) -> None:
    """Write tables one after the other into one file for other processes to map; it is there whole or not at all.

    A seal at its end tells later whether it still is as it was: to Arrow, other bytes are often other values.
    """
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("wb") as handle, pa.PythonFile(Sealing(handle), "w") as sink:
            for table in tables:
                with pa.ipc.new_stream(sink, table.schema) as writer:
                    writer.write_table(table)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def read_parts(file: Path) -> list[pa.Table]:
    """The tables that ``write_parts`` wrote, as maps of their file; ``OSError`` where it is not there (any more)."""
    with pa.memory_map(str(file)) as source:
        size, tables = source.size() - SEAL, []
        while source.tell() < size:
            tables.append(pa.ipc.open_stream(source).read_all())
        return tables
