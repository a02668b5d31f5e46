"""What a shard of captures becomes: a part of each table."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import pyarrow as pa

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


def joined(parts: Sequence[ShardTables]) -> ShardTables:
    """The rows of parts that follow each other, as one part."""
    if len(parts) == 1:
        return parts[0]
    names = [each.name for each in fields(ShardTables)]
    return ShardTables(**{name: pa.concat_tables([getattr(part, name) for part in parts]) for name in names})
