"""Where the text that a task showed is in the tables today: the same unit, moved, or nowhere."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from builder.annotate.merging.shown import Shown

NEEDED: Mapping[str, tuple[str, ...]] = {
    "articles": ("article_id", "raw_sha256", "text"),
    "comments": ("comment_id", "article_id", "text_sha256", "text"),
}
"""The columns of the tables that are looked at."""


class Place(Struct, frozen=True, gc=False):
    """A unit as it is called now, and its text."""

    unit_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The tables that units are in, and what reads the text of an article's capture (none: it is not there)."""

    tables: Mapping[str, pa.Table]
    capture_text: Callable[[str], str | None]


class Places:
    """The places of units, found as they are asked for.

    A unit is followed within its article, and to another article only if its own is gone and that one was
    made from a capture of the same bytes: a file that was renamed. What was withdrawn is nowhere.
    ``tasks`` are all that will be asked about.
    """

    def __init__(self, tasks: Iterable[Shown], corpus: Corpus) -> None:
        self._corpus = corpus
        self._articles = _Articles(corpus.tables["articles"])
        hashes = [one.text_sha256 for one in tasks if one.unit_type == "comment" and not one.withdrawn]
        self._comments = _Comments(corpus.tables["comments"], hashes)

    def of(self, one: Shown) -> Place | None:
        """The place of a task's unit; none where its text is nowhere that it may be followed to."""
        article = None if one.withdrawn else self._articles.now(one)
        if article is None:
            return None
        if one.unit_type == "comment":
            return self._comments.place(one, article)
        return _whole(one, article, self._corpus, self._articles.rows[article])


class _Articles:
    """Which articles there are, and which one a task's article is now."""

    def __init__(self, table: pa.Table) -> None:
        self.rows = {name: row for row, name in enumerate(table["article_id"].to_pylist())}
        self._by_raw: dict[str, list[str]] = defaultdict(list)
        for name, raw in zip(self.rows, table["raw_sha256"].to_pylist(), strict=True):
            self._by_raw[raw].append(name)

    def now(self, one: Shown) -> str | None:
        """The article of a task by its id of today; none where it is gone."""
        if one.article_id in self.rows:
            return one.article_id
        same = self._by_raw.get(one.raw_sha256 or "", [])
        return same[0] if len(same) == 1 else None


class _Comments:
    """The comments that have one of these hashes, by their ids, and by their articles where an id is gone."""

    def __init__(self, table: pa.Table, hashes: Sequence[str]) -> None:
        places = pc.index_in(table["text_sha256"], value_set=pa.array(hashes, pa.string()))
        found = table.filter(places.is_valid()).select(list(NEEDED["comments"])).combine_chunks()
        self._ids = found["comment_id"].to_pylist()
        self._hashes = [hashes[place] for place in places.drop_null().to_pylist()]
        self._texts = found["text"]
        self._articles = found["article_id"]
        self._rows = {name: row for row, name in enumerate(self._ids)}

    def place(self, one: Shown, article: str) -> Place | None:
        """The place of a comment in the article that is now its own."""
        row = self._rows.get(_in_article(one, article))
        if row is None or self._hashes[row] != one.text_sha256:
            same = self._by_article.get((article, one.text_sha256), [])
            row = same[0] if len(same) == 1 else None
        return None if row is None else Place(self._ids[row], self._texts[row].as_py())

    @cached_property
    def _by_article(self) -> Mapping[tuple[str, str], list[int]]:
        found = defaultdict(list)
        pairs = zip(self._articles.to_pylist(), self._hashes, strict=True)
        for row, pair in enumerate(pairs):
            found[pair].append(row)
        return found


def _in_article(one: Shown, article: str) -> str:
    """The id of the same comment in the same capture under another name: ids are made by exclusive or."""
    if article == one.article_id:
        return one.unit_id
    bits = int(one.unit_id[1:], 16) ^ int(one.article_id[1:], 16) ^ int(article[1:], 16)
    return f"c{bits:020x}"


def _whole(one: Shown, article: str, corpus: Corpus, row: int) -> Place | None:
    """The place of a unit that is an article or its capture."""
    if one.unit_type == "article":
        text = corpus.tables["articles"]["text"][row].as_py()
    else:
        text = corpus.capture_text(article)
    same = text is not None and sha256(text.encode()).hexdigest() == one.text_sha256
    return Place(article, text) if same else None
