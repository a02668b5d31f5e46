"""The texts of a dataset without the names and addresses of people."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from builder.release.privacy.decide import Rule, edits, hits
from builder.release.privacy.edits import Edited, disjoint
from builder.release.privacy.names import Words, by_thread
from builder.release.privacy.ordinary import ordinary_words
from builder.release.privacy.reviewed import Reviewed
from builder.release.privacy.scan import Standing, scan
from builder.release.privacy.threads import Cell, texts_of, threads

Names = Mapping[Words, int]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The texts that changed, by place; how many of each kind were masked; what still stands.

    ``leaks`` are names that nobody may accept; ``listed`` are ordinary words that wait for a verdict.
    """

    changed: Mapping[Cell, Edited]
    counts: Mapping[str, int]
    leaks: tuple[Standing, ...]
    listed: tuple[Standing, ...]


def cleaned(tables: Mapping[str, pa.Table], names: pa.Table, reviewed: Reviewed) -> Cleaned:
    """Replace and mask in all texts of articles and comments, and look at the outcome again.

    Threads are read one by one, and twice: what is an ordinary word is known only when all have been read.
    ``names`` is what ``thread_names`` gave before withdrawals.
    """
    named = by_thread(names)
    standing = {one.article_id: list(hits(one, named.get(one.article_id, ()))) for one in threads(tables)}
    rule = Rule(_ordinary(tables, named, standing.values()), reviewed)
    changed: dict[Cell, Edited] = {}
    still: list[tuple[bool, Standing]] = []
    for thread in threads(tables):
        here = named.get(thread.article_id, {})
        made = thread.original(disjoint(edits(thread, here, standing[thread.article_id], rule)))
        changed.update((thread.cells[number], one) for number, one in made.items())
        still += scan(thread, made, here, rule)
    counts = Counter(edit.kind for one in changed.values() for edit in one.edits)
    leaks, listed = (tuple(one for strict, one in still if strict is wanted) for wanted in (True, False))
    return Cleaned(changed, dict(sorted(counts.items())), leaks, listed)


def _ordinary(
    tables: Mapping[str, pa.Table], named: Mapping[str, Names], standing: Iterable[Iterable[Words]]
) -> frozenset[str]:
    single = {words[0] for one in standing for words in one if len(words) == 1}
    return ordinary_words(single, _read(tables, named))


def _read(
    tables: Mapping[str, pa.Table], named: Mapping[str, Names]
) -> Iterator[tuple[str, Iterable[Words]]]:
    for article, found in texts_of(tables):
        yield "\0".join(text for _, text in found if text), named.get(article, ())
