"""Issues become rows, numbered within their capture."""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.arrow import arrow_schema
from builder.core.issues import Issue
from builder.parse.arrays import Ints
from builder.tables.columns import int32, places

_PIECE = 20_000
"""Rows that are numbered at once."""


def issue_rows(issues: Iterable[Issue]) -> pa.Table:
    """Issues as rows in their order, still without ordinals."""
    rows = list(issues)
    schema = unnumbered_schema()
    return pa.table({name: [getattr(row, name) for row in rows] for name in schema.names}, schema=schema)


def unnumbered_schema() -> pa.Schema:
    """The columns of the issues table without the ordinal."""
    schema = arrow_schema("issues")
    return schema.remove(schema.get_field_index("ordinal"))


def numbered(parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The issues table: rows by capture, those of one capture in the order in which they come, from 0.

    It comes piece by piece, so that only the rows as they came are in memory at once.
    """
    schema, names = arrow_schema("issues"), unnumbered_schema().names
    rows = pa.concat_tables([part.select(names) for part in parts]).combine_chunks()
    capture = _ranks(rows["capture"].combine_chunks())
    order = np.argsort(capture, kind="stable")
    ordinal = _ordinals(capture[order])
    for first in range(0, max(len(order), 1), _PIECE):
        some = slice(first, first + _PIECE)
        piece = rows.take(places(order[some])).append_column("ordinal", int32(ordinal[some]))
        yield piece.select(schema.names).cast(schema)


def _ranks(values: pa.Array) -> Ints:
    """For each string a number, the greater the later it stands in the alphabet, and equal for equal ones."""
    coded = values.dictionary_encode()
    rank = np.empty(len(coded.dictionary), dtype=np.int64)
    rank[pc.array_sort_indices(coded.dictionary).to_numpy()] = np.arange(len(rank))
    ranks: Ints = rank[coded.indices.to_numpy()]
    return ranks


def _ordinals(codes: Ints) -> Ints:
    """How many equal values stand right above each value, where equal ones follow each other."""
    first = np.concatenate([[True], codes[1:] != codes[:-1]])[: len(codes)]
    place = np.arange(len(codes))
    ordinals: Ints = place - np.maximum.accumulate(np.where(first, place, 0))
    return ordinals
