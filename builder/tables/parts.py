"""What a shard of captures becomes: a part of each table."""

from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class ShardTables:
    """Parts of the tables, in the order of the tables; issues still without ordinals.

    ``names`` has the columns of authors, one row for each spelling of an author's name: how many comments it
    signs, and in how many articles it is the author's first spelling, so that sums over parts are true.
    """

    articles: pa.Table
    comments: pa.Table
    segments: pa.Table
    issues: pa.Table
    names: pa.Table
