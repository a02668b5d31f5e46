"""The cells of a table as the values that text formats can hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from builder.contracts import instants
from builder.contracts.catalogue import Table

Value = str | int | float | bool | None
_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Source:
    """What is exported: its name and version, its tables, what the schemas say of them, by the same names."""

    name: str
    version: str | None
    tables: Mapping[str, pa.Table]
    contracts: Mapping[str, Table]


def rows(table: pa.Table) -> Iterator[tuple[Value, ...]]:
    """The rows of a table: times as RFC 3339 text in UTC, all else as Python has it, null as None."""
    for batch in table.to_batches(max_chunksize=_ROWS):
        yield from zip(*(_values(column) for column in batch.columns), strict=True)


def records(table: pa.Table) -> Iterator[dict[str, Value]]:
    """The rows of a table by the names of its columns."""
    names = table.column_names
    for row in rows(table):
        yield dict(zip(names, row, strict=True))


def _values(column: pa.Array) -> Sequence[Value]:
    if pa.types.is_timestamp(column.type):
        numbers = column.cast(pa.timestamp("us", tz="UTC")).view(pa.int64()).to_pylist()
        return [None if each is None else instants.text(each) for each in numbers]
    values: list[Value] = column.to_pylist()
    return values
