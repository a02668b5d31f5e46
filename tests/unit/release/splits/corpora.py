"""Small corpora for splits: ids, sources, authors and copies, and no texts."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

import pyarrow as pa

Article = tuple[str, str | None]  # name, the name of what it is a copy of
Comment = tuple[str, str, str | None, str | None]  # name, article, author, the name of what it is a copy of


def named(letter: str, name: str | None) -> str | None:
    """The id that a name stands for."""
    return None if name is None else letter + sha256(name.encode()).hexdigest()[:20]


def corpus(articles: Iterable[Article], comments: Sequence[Comment] = ()) -> Mapping[str, pa.Table]:
    """The tables of a corpus of one source."""
    rows = [(named("a", name), "paper", named("a", copied)) for name, copied in articles]
    written = [
        (named("c", name), named("a", article), named("u", author), named("c", copied))
        for name, article, author, copied in comments
    ]
    columns = (
        ("article_id", "source", "duplicate_of"),
        ("comment_id", "article_id", "author_id", "duplicate_of"),
    )
    return {
        name: pa.table(
            {
                column: pa.array([row[place] for row in values], pa.string())
                for place, column in enumerate(names)
            }
        )
        for name, values, names in zip(("articles", "comments"), (rows, written), columns, strict=True)
    }


def splits(table: pa.Table) -> dict[str, tuple[str | None, str | None]]:
    """Split and reason of each unit by its id."""
    return {row["unit_id"]: (row["split"], row["reason"]) for row in table.to_pylist()}
