"""Whether a table has the columns, order and types of its schema, before any value is looked at."""

from collections.abc import Iterator

import pyarrow as pa

from builder.contracts.arrow import STAMP, arrow_type
from builder.contracts.catalogue import Column, Table
from builder.contracts.faults import EXAMPLES, Example, Fault, shortened

REBUILD = "Tables are never mended by hand: build them again with this version of the builder"


def shape_faults(table: pa.Table, contract: Table) -> Iterator[Fault]:
    """Another version of the schema, missing, additional and displaced columns, columns of another type."""
    yield from _other_version(table, contract)
    yield from _strangers(table, contract)
    for column in contract.columns:
        if column.name not in table.column_names:
            yield _whole(contract, column.name, "required", "the column is missing")
        elif table.column_names.count(column.name) == 1 and not _typed(table, column):
            found = table.schema.field(column.name).type
            yield _whole(contract, column.name, "x-arrow", f"the Arrow type is {found}, not {column.arrow}")


def _other_version(table: pa.Table, contract: Table) -> Iterator[Fault]:
    """Versions that differ in the last number differ in words only."""
    stamp = (table.schema.metadata or {}).get(STAMP, b"").decode("utf-8", "replace")
    if stamp and not stamp.startswith(f"{contract.name} {contract.version.rpartition('.')[0]}."):
        yield _whole(contract, "", "version", f"the table was written under schema {stamp}")


def _strangers(table: pa.Table, contract: Table) -> Iterator[Fault]:
    """Columns that are not known, there twice, or not in their places."""
    names = tuple(table.column_names)
    for name in dict.fromkeys(names):
        if name not in contract.names:
            yield _whole(contract, name, "additionalProperties", "the schema knows no such column")
        elif names.count(name) > 1:
            yield _whole(contract, name, "additionalProperties", "the column is there more than once")
    if names != contract.names and sorted(names) == sorted(contract.names):
        order = ", ".join(contract.names)
        yield _whole(contract, "", "column order", f"the order of the columns is not {order}")


def sound_columns(table: pa.Table, contract: Table) -> Iterator[Column]:
    """The columns that are there once and of their type, so that their values can be looked at."""
    for column in contract.columns:
        if table.column_names.count(column.name) == 1 and _typed(table, column):
            yield column


def utf8_fault(table: pa.Table, contract: Table, column: Column, limit: int = EXAMPLES) -> Fault | None:
    """The values of a string column that are not UTF-8, which Arrow takes on trust; none if all are."""
    try:
        table[column.name].validate(full=True)
    except pa.ArrowInvalid as error:
        if "UTF8" not in str(error):  # broken offsets: its values cannot even be read
            return _whole(contract, column.name, "x-arrow", f"the column is damaged: {error}")
        broken = [(row, shortened(value)) for row, value in _bytes(table[column.name]) if not _is_utf8(value)]
        examples = tuple(Example(row, "", value, f"{value} is not UTF-8") for row, value in broken[:limit])
        return Fault(contract.name, column.name, "utf8", len(broken), examples, REBUILD)
    return None


def _whole(contract: Table, column: str, check: str, message: str) -> Fault:
    version = f" (schema {contract.name} {contract.version})"
    return Fault(contract.name, column, check, 1, (Example(None, "", "", message + version),), REBUILD)


def _typed(table: pa.Table, column: Column) -> bool:
    return bool(table.schema.field(column.name).type == arrow_type(column.arrow))


def _bytes(values: pa.ChunkedArray) -> Iterator[tuple[int, bytes]]:
    row = 0
    for chunk in values.chunks:
        for scalar in chunk.view(pa.binary()):
            if scalar.is_valid:
                yield row, scalar.as_py()
            row += 1


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True
