"""Where the text that a task showed is in the tables today: the same unit, moved, or nowhere."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

import pyarrow as pa
import pyarrow.compute as pc

from builder.annotate.merging.shown import Shown

NEEDED: Mapping[str, tuple[str, ...]] = {
    "articles": ("article_id", "raw_sha256", "text"),
    "comments": ("comment_id", "article_id", "text_sha256", "text"),
}
"""The columns of the tables that are looked at."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as it is called now, and its text."""

    unit_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The tables that units are in, and what reads the text of an article's capture (none: it is not there)."""

    tables: Mapping[str, pa.Table]
    capture_text: Callable[[str], str | None]


def places(tasks: Iterable[Shown], corpus: Corpus) -> dict[Shown, Place]:
    """The place of each task's unit; without an entry where its text is nowhere that it may be followed to.

    A unit is followed within its article, and to another article only if its own is gone and that one was
    made from a capture of the same bytes: a file that was renamed. What was withdrawn is nowhere.
    """
    wanted = dict.fromkeys(
        one for one in tasks if not one.withdrawn
    )  # in their order, in which they lie in memory
    articles = _Articles(corpus.tables["articles"])
    found = _comments([one for one in wanted if one.unit_type == "comment"], corpus, articles)
    for one in wanted:
        if one.unit_type != "comment":
            place = _whole(one, corpus, articles)
            if place:
                found[one] = place
    return found


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


def _comments(wanted: Collection[Shown], corpus: Corpus, articles: _Articles) -> dict[Shown, Place]:
    texts = corpus.tables["comments"]
    if not wanted:
        return {}
    hashes = pa.array(sorted({one.text_sha256 for one in wanted}), pa.string())
    rows = texts.filter(pc.is_in(texts["text_sha256"], value_set=hashes)).select(list(NEEDED["comments"]))
    by_id, by_article = {}, defaultdict(list)
    for comment, article, sha, text in zip(*rows.to_pydict().values(), strict=True):
        by_id[comment, sha] = text
        by_article[article, sha].append(comment)
    found = {}
    for one in wanted:
        now = _comment_now(one, articles, by_id, by_article)
        if now:
            found[one] = Place(now, by_id[now, one.text_sha256])
    return found


def _comment_now(
    one: Shown,
    articles: _Articles,
    by_id: Mapping[tuple[str, str], str],
    by_article: Mapping[tuple[str, str], list[str]],
) -> str | None:
    article = articles.now(one)
    if article is None:
        return None
    moved = _in_article(one, article)
    if (moved, one.text_sha256) in by_id:
        return moved
    same = by_article.get((article, one.text_sha256), [])
    return same[0] if len(same) == 1 else None


def _in_article(one: Shown, article: str) -> str:
    """The id of the same comment in the same capture under another name: ids are made by exclusive or."""
    if article == one.article_id:
        return one.unit_id
    bits = int(one.unit_id[1:], 16) ^ int(one.article_id[1:], 16) ^ int(article[1:], 16)
    return f"c{bits:020x}"


def _whole(one: Shown, corpus: Corpus, articles: _Articles) -> Place | None:
    """The place of a unit that is an article or its capture."""
    article = articles.now(one)
    if article is None:
        return None
    if one.unit_type == "article":
        text = corpus.tables["articles"]["text"][articles.rows[article]].as_py()
    else:
        text = corpus.capture_text(article)
    same = text is not None and sha256(text.encode()).hexdigest() == one.text_sha256
    return Place(article, text) if same else None
