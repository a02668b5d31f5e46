"""Partial counts of names become the authors table."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.arrow import arrow_schema
from builder.tables.columns import places

_SPELLING = ["author_id", "source", "name", "name_key"]
_COUNTS = ["n_comments", "n_articles"]


def sum_names(parts: Iterable[pa.Table]) -> pa.Table:
    """The counts of each spelling over all parts, which may be summed in any order and in any groups."""
    schema = arrow_schema("authors").remove_metadata()
    together = pa.concat_tables(
        [schema.empty_table(), *(part.select(schema.names).cast(schema) for part in parts)]
    )
    summed = together.group_by(_SPELLING, use_threads=False).aggregate([(count, "sum") for count in _COUNTS])
    return summed.rename_columns([name.removesuffix("_sum") for name in summed.column_names])


def authors_of(names: pa.Table) -> pa.Table:
    """The authors table: each author once, by id, under the spelling that signs most comments.

    ``names`` has one row for each spelling with its counts; of equals the first by code points is taken.
    """
    schema = arrow_schema("authors")
    keys = [("author_id", "ascending"), ("n_comments", "descending"), ("name", "ascending")]
    ordered = names.sort_by(keys).combine_chunks()
    ids = ordered["author_id"].combine_chunks()
    first = np.flatnonzero(np.append(True, pc.not_equal(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False)))
    first = first[: len(ids)]
    authors = ordered.take(places(first))
    for count in _COUNTS:
        sums = np.add.reduceat(ordered[count].to_numpy(), first) if len(first) else first
        authors = authors.set_column(authors.schema.get_field_index(count), count, places(sums))
    return authors.select(schema.names).cast(schema)
