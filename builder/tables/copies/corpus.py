"""Copies of articles and of comments in a whole corpus, which comes in parts.

Articles are compared by their text, without headline and caption, and by the address of their page; comments by
their text, with those of all articles and sources.
"""

from dataclasses import replace
from typing import Final

import pyarrow as pa

from builder.tables.copies.keys import address_keys, text_keys
from builder.tables.copies.marking import Copies
from builder.tables.copies.texts import RowsSoFar
from builder.tables.parts import ShardTables

_COLUMN: Final = "duplicate_of"


def keyed(part: ShardTables, *, near: bool) -> ShardTables:
    """A part with the keys that copies of its articles and comments are found by; ``near`` takes longer."""
    articles = part.articles
    addresses = address_keys(_whole(articles["url"]))
    return replace(
        part,
        article_keys=pa.concat_tables([text_keys(_texts(articles), near=near), addresses]),
        comment_keys=text_keys(_texts(part.comments), near=near),
    )


class CorpusCopies:
    """The copies found so far; for a closer look, the rows of all articles and comments can be looked up."""

    def __init__(self, articles: RowsSoFar, comments: RowsSoFar) -> None:
        self._articles, self._comments = Copies(articles), Copies(comments)

    def marked(self, part: ShardTables) -> ShardTables:
        """The next part, in the order of the tables, with ``duplicate_of`` filled."""
        return replace(
            part,
            articles=_marked(part.articles, part.article_keys, self._articles),
            comments=_marked(part.comments, part.comment_keys, self._comments),
        )


def _marked(table: pa.Table, keys: pa.Table, copies: Copies) -> pa.Table:
    found = copies.mark(_texts(table), keys)
    place = table.schema.get_field_index(_COLUMN)
    return table.set_column(place, table.schema.field(place), found)


def _texts(table: pa.Table) -> pa.Array:
    return _whole(table["text"])


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece; copied only where it is not."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
