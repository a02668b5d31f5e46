"""Issues become rows, numbered within their capture."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.core.issues import Issue
from builder.tables.columns import int32


def issue_rows(issues: Iterable[Issue]) -> pa.Table:
    """Issues as rows in their order, still without ordinals."""
    rows = list(issues)
    schema = unnumbered_schema()
    return pa.table({name: [getattr(row, name) for row in rows] for name in schema.names}, schema=schema)


def unnumbered_schema() -> pa.Schema:
    """The columns of the issues table without the ordinal."""
    schema = arrow_schema("issues")
    return schema.remove(schema.get_field_index("ordinal"))


def numbered(parts: Iterable[pa.Table]) -> pa.Table:
    """The issues table: rows by capture, those of one capture in the order in which they come, from 0."""
    schema = arrow_schema("issues")
    names = unnumbered_schema().names
    rows = pa.concat_tables([part.select(names) for part in parts]).combine_chunks()
    arrival = rows.append_column("arrival", pa.array(range(rows.num_rows), pa.int64()))
    ordered = arrival.sort_by([("capture", "ascending"), ("arrival", "ascending")]).select(names)
    return ordered.append_column("ordinal", _ordinals(ordered["capture"])).select(schema.names).cast(schema)


def _ordinals(captures: pa.ChunkedArray) -> pa.Array:
    """How many equal values stand right above each value of a sorted column."""
    codes = (
        captures.combine_chunks().dictionary_encode().indices.to_numpy()
        if len(captures)
        else np.zeros(0, int)
    )
    place = np.arange(len(codes))
    first = np.concatenate([[True], codes[1:] != codes[:-1]])[: len(codes)]
    return int32(place - np.maximum.accumulate(np.where(first, place, 0)))
