"""Partial counts of names become the authors table."""

from collections.abc import Iterable

import pyarrow as pa

from builder.contracts.arrow import arrow_schema

_SPELLING = ["author_id", "source", "name", "name_key"]
_COUNTS = ["n_comments", "n_articles"]


def sum_names(parts: Iterable[pa.Table]) -> pa.Table:
    """The counts of each spelling over all parts, which may be summed in any order and in any groups."""
    schema = arrow_schema("authors").remove_metadata()
    together = pa.concat_tables(
        [schema.empty_table(), *(part.select(schema.names).cast(schema) for part in parts)]
    )
    summed = together.group_by(_SPELLING).aggregate([(count, "sum") for count in _COUNTS])
    return summed.rename_columns([name.removesuffix("_sum") for name in summed.column_names])


def authors_of(names: pa.Table) -> pa.Table:
    """The authors table: each author once, by id, under the spelling that signs most comments.

    ``names`` has one row for each spelling with its counts; of equals the first by code points is taken.
    """
    ordered = names.sort_by([("author_id", "ascending"), ("n_comments", "descending"), ("name", "ascending")])
    grouped = ordered.group_by(["author_id"], use_threads=False).aggregate(
        [
            ("source", "first"),
            ("name", "first"),
            ("name_key", "first"),
            *((count, "sum") for count in _COUNTS),
        ]
    )
    plain = grouped.rename_columns(
        [name.rsplit("_", 1)[0] if _is_made(name) else name for name in grouped.column_names]
    )
    schema = arrow_schema("authors")
    return plain.select(schema.names).cast(schema)


def _is_made(name: str) -> bool:
    return name.endswith(("_first", "_sum"))
