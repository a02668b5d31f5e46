"""What a shard of captures becomes: a part of each table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import accumulate
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.parse.arrays import Ints
from builder.tables.columns import places
from builder.tables.copies.keys import no_keys


@dataclass(frozen=True, slots=True)
class ShardTables:
    """Parts of the tables, in the order of the tables; issues still without ordinals.

    ``names`` has the columns of authors, one row for each spelling of an author's name: how many comments it
    signs, and in how many articles it is the author's first spelling, so that sums over parts are true.
    The keys are what copies of articles and of comments are found by, which takes all parts.
    """

    articles: pa.Table
    comments: pa.Table
    segments: pa.Table
    issues: pa.Table
    names: pa.Table
    article_keys: pa.Table = field(default_factory=no_keys)
    comment_keys: pa.Table = field(default_factory=no_keys)


KEYS: Mapping[str, str] = MappingProxyType({"article_keys": "articles", "comment_keys": "comments"})
"""The tables of keys, each with the table whose rows they are of."""


def joined(parts: Sequence[ShardTables]) -> ShardTables:
    """The rows of parts that follow each other, as one part."""
    if len(parts) == 1:
        return parts[0]
    tables = {each.name: [getattr(part, each.name) for part in parts] for each in fields(ShardTables)}
    for name, owner in KEYS.items():
        tables[name] = moved(tables[name], [part.num_rows for part in tables[owner]])
    return ShardTables(**{name: pa.concat_tables(some) for name, some in tables.items()})


def moved(keys: Sequence[pa.Table], lengths: Sequence[int], by: int = 0) -> list[pa.Table]:
    """Tables of keys, whose rows are now those of tables of these lengths, one after the other, from ``by`` on."""
    before = accumulate(lengths, initial=by)
    return [_with_rows(each, pc.add(each["row"], start)) for each, start in zip(keys, before, strict=False)]


def by_row(keys: pa.Table, place: Ints | None = None) -> pa.Table:
    """Keys in the order of their rows, those of a row as they were; ``place`` says where each row has gone."""
    rows = keys["row"].to_numpy() if place is None else place[keys["row"].to_numpy()]
    order = places(np.argsort(rows, kind="stable"))
    return _with_rows(keys, places(rows)).take(order)


def _with_rows(keys: pa.Table, rows: pa.Array) -> pa.Table:
    return keys.set_column(0, keys.schema.field(0), rows)
