"""The Arrow types of the tables."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from builder.contracts.catalogue import Table, table

_TYPES = {
    "bool": pa.bool_(),
    "string": pa.string(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float32": pa.float32(),
    "float64": pa.float64(),
    "timestamp[us, tz=UTC]": pa.timestamp("us", tz="UTC"),
}

STAMP = b"newsthreads:schema"
"""The key of a file's metadata that holds the name and version of its schema."""


def arrow_type(name: str) -> pa.DataType:
    """The Arrow type that ``x-arrow`` names; raises ``KeyError`` for a name that no schema may use."""
    return _TYPES[name]


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The Arrow schema of a table: exact types, columns in order, null only where the schema allows it."""
    return schema_of(table(name))


def schema_of(table: Table) -> pa.Schema:
    """The Arrow schema of a table, stamped with the name and version of its JSON Schema."""
    fields = [pa.field(c.name, arrow_type(c.arrow), nullable=c.nullable) for c in table.columns]
    return pa.schema(fields, metadata={STAMP: f"{table.name} {table.version}".encode()})


def string_array(values: Sequence[str]) -> pa.Array:
    """Strings as an Arrow array; ``pa.array`` would do, but imports pandas at its first call."""
    encoded = [value.encode() for value in values]
    offsets = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return pa.Array.from_buffers(
        pa.string(), len(encoded), [None, pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded))]
    )


def strings(buffer: NDArray[np.uint8], start: NDArray[np.int64], end: NDArray[np.int64]) -> pa.Array:
    """The strings between ascending, disjoint places of a buffer of UTF-8."""
    if not len(start):
        return pa.array([], pa.string())
    # Spans and what lies between them are one string column; every other value of it is wanted.
    offsets = np.empty(2 * len(start), dtype=np.int32)
    offsets[0::2], offsets[1::2] = start, end
    wanted = np.arange(0, len(offsets), 2)
    parts = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(buffer))]
    return pa.Array.from_buffers(pa.string(), len(offsets) - 1, parts).take(
        pa.Array.from_buffers(pa.int64(), len(wanted), [None, pa.py_buffer(wanted)])
    )
