"""Whether ids and hashes are those of what they are made from."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pyarrow as pa

from builder.contracts.faults import Fault
from builder.core import ids
from builder.tables.check_buffer import unequal
from builder.tables.check_kinds import Rows, Tables, found
from builder.tables.check_links import Linked
from builder.tables.columns import places
from builder.tables.identify import identify


def id_faults(linked: Linked) -> Iterator[Fault]:
    """Ids and hashes of articles and comments that are not those of what they are made from."""
    tables = linked.tables
    articles, comments = tables["articles"], tables["comments"]
    of_captures = _texts(map(ids.article_id, articles["capture"].to_pylist()))
    yield from _unlike(tables, ("articles", "article_id"), "id", of_captures)
    comment_ids, digests = _identified(comments)
    yield from _unlike(tables, ("comments", "text_sha256"), "hash", digests)
    # What a changed text's id should be is not known: it was made of the text that was.
    changed = unequal(comments["text_sha256"].combine_chunks(), digests)
    yield from _unlike(tables, ("comments", "comment_id"), "id", comment_ids, changed)
    yield from _authors_of_comments(linked)


def author_id_faults(tables: Tables) -> Iterator[Fault]:
    """Keys and ids of authors that are not those of their names."""
    authors = tables["authors"]
    keys = _texts(map(ids.name_key, authors["name"].to_pylist()))
    yield from _unlike(tables, ("authors", "name_key"), "author", keys)
    pairs = zip(authors["source"].to_pylist(), authors["name_key"].to_pylist(), strict=True)
    yield from _unlike(tables, ("authors", "author_id"), "id", _texts(ids.author_id(*pair) for pair in pairs))


def _unlike(
    tables: Tables, place: tuple[str, str], check: str, wanted: pa.Array, but: Rows | None = None
) -> Iterator[Fault]:
    """A fault for each row that is not as wanted, but for some rows."""
    name, column = place
    rows = unequal(tables[name][column].combine_chunks(), wanted)
    rows = rows if but is None else np.setdiff1d(rows, but)
    yield from found(tables, place, check, rows, lambda row: f"ought to be {wanted[row]}")


def _texts(texts: Iterator[str]) -> pa.Array:
    return pa.array(list(texts), pa.string())


def _identified(comments: pa.Table) -> tuple[pa.Array, pa.Array]:
    """Id and hash of each comment; rows are in the order of the page, as their articles' ids say they are."""
    article = comments["article_id"].combine_chunks().dictionary_encode()
    codes = np.frombuffer(article.indices.buffers()[1], np.int32)[: len(comments)].astype(np.int64)
    return identify(comments["text"].combine_chunks(), codes, article.dictionary.to_pylist())


def _authors_of_comments(linked: Linked) -> Iterator[Fault]:
    """A comment's author is the one of its name at the source of its article."""
    author, article = linked.link("comments", "author_id"), linked.link("comments", "article_id")
    named = np.flatnonzero((author >= 0) & (article >= 0))
    names = linked.tables["comments"]["author_name"].combine_chunks()
    authors, articles = linked.tables["authors"], linked.tables["articles"]
    by, below = places(author[named]), places(article[named])
    alien = unequal(authors["source"].take(by), articles["source"].take(below))
    other = unequal(authors["name_key"].take(by), _keys(names.take(places(named))))
    yield from found(
        linked.tables,
        ("comments", "author_id"),
        "author",
        named[np.union1d(alien, other)],
        lambda row: f"is not the author called {names[row].as_py()!r} at the article's source",
    )


def _keys(names: pa.Array) -> pa.Array:
    """The key of each name, computed once for each spelling."""
    spelt = names.dictionary_encode()
    return _texts(map(_key, spelt.dictionary.to_pylist())).take(spelt.indices)


_key = lru_cache(maxsize=100_000)(ids.name_key)
