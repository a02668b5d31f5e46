"""The names of those who wrote in a thread, and where they stand in its texts."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from builder.release.privacy.fold import CUT, fold, inside_word, is_word, words_of

_COLUMNS = ("article_id", "author_id", "name", "number")
_SCHEMA = pa.schema(
    [pa.field(name, pa.string()) for name in _COLUMNS[:-1]] + [pa.field("number", pa.int32())]
)

_ACCENTS = re.compile("[\u0300-\u036f]")

Words = tuple[str, ...]
"""A name as a text is searched for it: its words, folded."""


def thread_names(tables: Mapping[str, pa.Table]) -> pa.Table:
    """Each spelling of a commenter's name in each thread, with the commenter's number there.

    Columns: article_id, author_id, name, number. Commenters are numbered from 1 by their first comment, as
    annotators see them. Take it before withdrawals are applied: others still write of those who left.
    """
    columns = ("article_id", "position", "author_id", "author_name")
    comments = tables["comments"].select(columns).sort_by([(name, "ascending") for name in columns[:2]])
    rows = zip(*(comments[name].to_pylist() for name in columns), strict=True)
    return pa.Table.from_pylist([], _SCHEMA) if not comments.num_rows else _table(list(_numbered(rows)))


def _table(rows: Sequence[tuple[str, str, str, int]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ((),) * len(_COLUMNS)
    return pa.table(
        [pa.array(values, one.type) for values, one in zip(columns, _SCHEMA, strict=True)], _SCHEMA
    )


def _numbered(rows: Iterator[tuple[str, int, str | None, str | None]]) -> Iterator[tuple[str, str, str, int]]:
    above, numbers, seen = "", dict[str, int](), set[str]()
    for article, _, author, name in rows:
        if article != above:
            above, numbers, seen = article, {}, set()
        if author is None or name is None:
            continue
        number = numbers.setdefault(author, len(numbers) + 1)
        if name not in seen:
            seen.add(name)
            yield article, author, name, number


def by_thread(names: pa.Table) -> dict[str, dict[Words, int]]:
    """For each thread its names as words, each with the number of who bears it; names without a word are left out.

    A name that has accents stands there without them, too, unless that is the name of another commenter.
    """
    found: dict[str, dict[Words, int]] = {}
    known: dict[str, Words] = {}
    for article, name, number in zip(
        *(names[one].to_pylist() for one in ("article_id", "name", "number")), strict=True
    ):
        words = known.get(name)
        if words is None:
            words = known[name] = tuple(words_of(fold(name).text))
        if words:
            found.setdefault(article, {}).setdefault(words, number)
    for called in found.values():
        accented = [words for words in called if not all(map(str.isascii, words))]
        for words in accented:
            called.setdefault(_bare(words), called[words])
    return found


def _bare(words: Words) -> Words:
    """Words as people write them who leave accents out."""
    return tuple(
        unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", one))) for one in words
    )


def may_stand(words: Words, folded: str) -> bool:
    """Whether a look at the name's longest word leaves open that it stands in a text: quick, and never wrongly no."""
    return max(words, key=len) in folded


def occurrences(words: Words, folded: str) -> Iterator[tuple[int, int]]:
    """Where a name stands in a folded text: its words one after the other, nothing but signs between them.

    It must be a word of its own at both ends, save in scripts that write no spaces. A sign @ before it belongs to it.
    """
    at = folded.find(words[0])
    while at >= 0:
        end = _end(words, folded, at)
        if end:
            yield at - (folded[at - 1 : at] == "@"), end
        at = folded.find(words[0], max(end, at + 1))


def _end(words: Words, folded: str, at: int) -> int:
    """Where the name ends that begins here; 0 if it does not."""
    if inside_word(folded, at):
        return 0
    end = at + len(words[0])
    for word in words[1:]:
        start = _after_signs(folded, end)
        if start == end or not folded.startswith(word, start):
            return 0
        end = start + len(word)
    return 0 if inside_word(folded, end) else end


def _after_signs(folded: str, at: int) -> int:
    while at < len(folded) and folded[at] != CUT and not is_word(folded[at]):
        at += 1
    return at
