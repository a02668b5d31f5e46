"""What a person calls a comment, an author or an article, and which unit of the tables that is."""

import re
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from builder.core.errors import UsageError
from builder.core.ids import name_key
from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.release.privacy.keyed import released_id
from builder.release.withdrawal.ledger import KINDS
from builder.run.releasing.keys import older_keys, read_key

_ID = re.compile(r"[cau][0-9a-f]{20}")
_PSEUDONYM = re.compile(r"p[a-z2-7]{16}")
_TABLES: Mapping[str, str] = {"comment": "comments", "article": "articles", "author": "authors"}

Unit = tuple[str, str]
"""A type (``comment``, ``article``, ``author``) and an id."""


def unit_called(settings: Settings, said: str, *, absent: bool) -> Unit:
    """The unit that a person means by an id, an author's name, ``SOURCE/NAME``, or the path of a capture.

    The id may be one of a release that was cut with the dataset's key, or with one before it: others know no other.
    Raises ``UsageError`` where there is none, unless an id may be ``absent`` from the tables, or more than one.
    """
    if _ID.fullmatch(said):
        return _by_id(settings, said, absent=absent)
    if _PSEUDONYM.fullmatch(said) and (author := _behind(settings, said, _ids(settings, "author"))):
        return "author", author
    articles = read_table(settings.tables_dir, "articles", ("article_id", "capture"))
    found = articles.filter(pc.equal(articles["capture"], said.removeprefix(f"{settings.raw}/")))
    if found.num_rows:
        return "article", str(found["article_id"][0])
    return "author", _author(settings, said)


def _by_id(settings: Settings, said: str, *, absent: bool) -> Unit:
    kind = KINDS[said[0]]
    ids = _ids(settings, kind)
    if said in ids:
        return kind, said
    found = _behind(settings, said, ids) if kind == "comment" else None
    if not absent and found is None:
        raise UsageError(
            f"There is no {kind} {said} in {settings.tables}, and none that a release calls so under the "
            "dataset's key. To withdraw what was in it once, and is in an older release: --absent"
        )
    return kind, found or said


def _ids(settings: Settings, kind: str) -> list[str]:
    ids: list[str] = read_table(settings.tables_dir, _TABLES[kind], (f"{kind}_id",))[f"{kind}_id"].to_pylist()
    return ids


def _behind(settings: Settings, said: str, ids: Sequence[str]) -> str | None:
    """Which of some ids a release calls so, under the key of the dataset or one before it; none without a key."""
    try:
        key = read_key(settings)
    except UsageError:  # a dataset that has no key has released nothing under it
        return None
    keys = (key, *(read_key(settings, file) for file in reversed(older_keys(key))))
    return next((one for each in keys for one in ids if released_id(each.secret, one) == said), None)


def _author(settings: Settings, said: str) -> str:
    authors = read_table(settings.tables_dir, "authors", ("author_id", "source", "name_key"))
    source, slash, name = said.partition("/")
    found = authors.filter(pc.equal(authors["name_key"], name_key(said)))
    if slash and not found.num_rows:
        mine = pc.and_(pc.equal(authors["name_key"], name_key(name)), pc.equal(authors["source"], source))
        found = authors.filter(mine)
    if found.num_rows != 1:
        raise UsageError(_none_or_several(settings, said, found))
    return str(found["author_id"][0])


def _none_or_several(settings: Settings, said: str, found: pa.Table) -> str:
    if not found.num_rows:
        return (
            f"'{said}' is no id, no author and no capture in {settings.tables}. Ids begin with c (comment), u (author) "
            "or a (article); captures are named by their path below the raw folder."
        )
    several = ", ".join(f"{row['author_id']} at {row['source']}" for row in found.to_pylist())
    return f"'{said}' signs at more than one source: {several}. Name them by their ids; they need not be one person."
