"""A cell of a table as the JSON value that jsonschema judges."""

import pyarrow as pa

from builder.contracts import instants

Cell = str | int | float | None


def cell(values: pa.ChunkedArray | pa.Array, row: int) -> Cell:
    """The JSON value in one row of a column: numbers, strings and null as they are, times as RFC 3339."""
    scalar = values[row]
    if pa.types.is_timestamp(scalar.type):
        return instants.text(scalar.value) if scalar.is_valid else None
    value: Cell = scalar.as_py()
    return value


def record(table: pa.Table, row: int) -> dict[str, Cell]:
    """One row of a table as a JSON object."""
    return {name: cell(table[name], row) for name in table.column_names}
