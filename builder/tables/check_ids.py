"""Whether ids and hashes are those of what they are made from."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise

import numpy as np
import pyarrow as pa

from builder.contracts.faults import Fault
from builder.core import ids
from builder.tables.check_kinds import Tables, found
from builder.tables.check_links import Linked


def id_faults(linked: Linked) -> Iterator[Fault]:
    """Ids and hashes that another computation of them contradicts."""
    tables = linked.tables
    articles, comments, authors = (tables[name] for name in ("articles", "comments", "authors"))
    yield from _unlike(
        tables, ("articles", "article_id"), "id", list(map(ids.article_id, articles["capture"].to_pylist()))
    )
    yield from _unlike(tables, ("comments", "text_sha256"), "hash", list(_hashes(comments["text"])))
    yield from _unlike(tables, ("comments", "comment_id"), "id", list(_comment_ids(comments)))
    keys = [ids.name_key(name) for name in authors["name"].to_pylist()]
    yield from _unlike(tables, ("authors", "name_key"), "author", keys)
    pairs = zip(authors["source"].to_pylist(), authors["name_key"].to_pylist(), strict=True)
    yield from _unlike(tables, ("authors", "author_id"), "id", [ids.author_id(*pair) for pair in pairs])
    yield from _authors_of_comments(linked)


def _unlike(tables: Tables, place: tuple[str, str], check: str, wanted: list[str]) -> Iterator[Fault]:
    name, column = place
    stored = tables[name][column].to_pylist()
    if stored == wanted:
        return
    rows = [row for row, pair in enumerate(zip(stored, wanted, strict=True)) if pair[0] != pair[1]]
    yield from found(tables, place, check, np.array(rows), lambda row: f"ought to be {wanted[row]}")


def _hashes(texts: pa.ChunkedArray) -> Iterator[str]:
    """SHA-256 of each text, from Arrow's own bytes: no text becomes a Python string."""
    for chunk in texts.chunks:
        _, offsets, data = chunk.buffers()
        ends = np.frombuffer(offsets, np.int32)[chunk.offset : chunk.offset + len(chunk) + 1].tolist()
        view = memoryview(data or b"")
        yield from [sha256(view[first:end]).hexdigest() for first, end in pairwise(ends)]


def _comment_ids(comments: pa.Table) -> Iterator[str]:
    """The id of each comment; rows are in the order of the page, so equal texts are counted as they come."""
    above, before = "", dict[str, int]()
    pairs = zip(comments["article_id"].to_pylist(), comments["text_sha256"].to_pylist(), strict=True)
    for article, digest in pairs:
        if article != above:
            above, before = article, {}
        occurrence = before.get(digest, 0)
        before[digest] = occurrence + 1
        yield ids.comment_id(article, digest, occurrence)


def _authors_of_comments(linked: Linked) -> Iterator[Fault]:
    """A comment's author is the one of its name at the source of its article."""
    author, article = linked.link("comments", "author_id"), linked.link("comments", "article_id")
    named = np.flatnonzero((author >= 0) & (article >= 0))
    comments, authors = linked.tables["comments"], linked.tables["authors"]
    keys = _keys(comments["author_name"].take(pa.array(named)))
    due = authors["name_key"].take(pa.array(author[named])).to_pylist()
    sources = authors["source"].take(pa.array(author[named])).to_pylist()
    here = linked.tables["articles"]["source"].take(pa.array(article[named])).to_pylist()
    wrong = [
        row for row, *both in zip(named, keys, due, here, sources, strict=True) if both[0::2] != both[1::2]
    ]
    yield from found(
        linked.tables,
        ("comments", "author_id"),
        "author",
        np.array(wrong),
        lambda row: (
            f"is not the author called {comments['author_name'][row].as_py()!r} at the article's source"
        ),
    )


def _keys(names: pa.ChunkedArray) -> list[str | None]:
    """The key of each name, computed once for each spelling."""
    spelt = names.combine_chunks().dictionary_encode()
    keys = [ids.name_key(name) for name in spelt.dictionary.to_pylist()]
    return [None if code is None else keys[code] for code in spelt.indices.to_pylist()]
