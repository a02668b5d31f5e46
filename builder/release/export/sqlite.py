"""Tables as a database of SQLite: what is to be told it, statement by statement."""

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from builder.contracts.catalogue import Column, Table
from builder.release.export.values import Source

_OTHER = "TEXT"
_TYPES = (
    (pa.types.is_boolean, "INTEGER"),
    (pa.types.is_integer, "INTEGER"),
    (pa.types.is_floating, "REAL"),
)


def statements(source: Source) -> Iterator[str]:
    """What makes the tables, empty, with keys and references; times are text, truths are 0 and 1."""
    for name, table in source.tables.items():
        yield _table(name, table.schema, source.contracts)


def indices(source: Source) -> Iterator[str]:
    """What makes an index for each column that refers to another table; for after the rows are in."""
    for name, table in source.tables.items():
        for column in _referring(name, table.column_names, source.contracts):
            yield f"CREATE INDEX {_quoted(f'{name}_{column.name}')} ON {_quoted(name)} ({_quoted(column.name)})"


def insertion(name: str, columns: Sequence[str]) -> str:
    """What puts a row into a table."""
    marks = ", ".join("?" for _ in columns)
    return f"INSERT INTO {_quoted(name)} VALUES ({marks})"  # noqa: S608 - a quoted name and question marks


def _table(name: str, schema: pa.Schema, contracts: Mapping[str, Table]) -> str:
    lines = [_column(field) for field in schema]
    key = contracts[name].key
    if key and set(key) <= set(schema.names):
        lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, key))})")
    lines += [_reference(column) for column in _referring(name, schema.names, contracts)]
    return f"CREATE TABLE {_quoted(name)} (\n  " + ",\n  ".join(lines) + "\n) STRICT"


def _column(field: pa.Field) -> str:
    kind = next((kind for fits, kind in _TYPES if fits(field.type)), _OTHER)
    return f"{_quoted(field.name)} {kind}{'' if field.nullable else ' NOT NULL'}"


def _reference(column: Column) -> str:
    table, other = column.references or ("", "")
    # Deferred: a comment may answer, or be a copy of, one that comes later in the table.
    return (
        f"FOREIGN KEY ({_quoted(column.name)}) REFERENCES {_quoted(table)} ({_quoted(other)}) "
        "DEFERRABLE INITIALLY DEFERRED"
    )


def _referring(name: str, columns: Sequence[str], contracts: Mapping[str, Table]) -> Iterator[Column]:
    """The columns that refer to the key of a table that is there."""
    for column in contracts[name].columns:
        table, other = column.references or ("", "")
        if column.name in columns and table in contracts and contracts[table].key == (other,):
            yield column


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
