"""What a person calls a comment, an author or an article, and which unit of the tables that is."""

import re
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from builder.core.errors import UsageError
from builder.core.ids import name_key
from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.release.withdrawal.ledger import KINDS

_ID = re.compile(r"[cau][0-9a-f]{20}")
_TABLES: Mapping[str, str] = {"comment": "comments", "article": "articles", "author": "authors"}

Unit = tuple[str, str]
"""A type (``comment``, ``article``, ``author``) and an id."""


def unit_called(settings: Settings, said: str, *, absent: bool) -> Unit:
    """The unit that a person means by an id, an author's name, ``SOURCE/NAME``, or the path of a capture.

    Raises ``UsageError`` where there is none, unless an id may be ``absent`` from the tables, or more than one.
    """
    if _ID.fullmatch(said):
        return _by_id(settings, said, absent=absent)
    articles = read_table(settings.tables_dir, "articles", ("article_id", "capture"))
    found = articles.filter(pc.equal(articles["capture"], said.removeprefix(f"{settings.raw}/")))
    if found.num_rows:
        return "article", str(found["article_id"][0])
    return "author", _author(settings, said)


def _by_id(settings: Settings, said: str, *, absent: bool) -> Unit:
    kind = KINDS[said[0]]
    ids = read_table(settings.tables_dir, _TABLES[kind], (f"{kind}_id",))[f"{kind}_id"]
    if not absent and not pc.any(pc.equal(ids, said)).as_py():
        raise UsageError(
            f"There is no {kind} {said} in {settings.tables}. To withdraw what was in it once, and is in an older "
            "release: --absent"
        )
    return kind, said


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
