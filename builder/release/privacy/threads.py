"""A thread as one folded text: the article's texts and its comments, with the way back to each of them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import pyarrow as pa

from builder.release.privacy.edits import Edit, Edited, disjoint, edited
from builder.release.privacy.fold import CUT, Folded, fold

ARTICLE_TEXTS = ("headline", "caption", "text")

Cell = tuple[str, str, int]
"""Where a text stands: table, column, row."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The texts of an article and its comments, where each stands, and all of them folded, one after the other."""

    article_id: str
    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    folds: tuple[Folded, ...]
    folded: str

    def original(self, edits: Iterable[Edit]) -> dict[int, Edited]:
        """Edits in places of ``folded``, made in the texts themselves: the texts that change, by number."""
        starts = self._starts()
        found: dict[int, list[Edit]] = {}
        for edit in edits:
            number = bisect_right(starts, edit.start) - 1
            begin = starts[number]
            start, end = self.folds[number].original(edit.start - begin, edit.end - begin)
            found.setdefault(number, []).append(Edit(start, end, edit.instead, edit.kind))
        return {number: edited(self.texts[number], disjoint(some)) for number, some in found.items()}

    def _starts(self) -> list[int]:
        return [0, *accumulate(len(one.text) + len(CUT) for one in self.folds[:-1])]


def threads(tables: Mapping[str, pa.Table]) -> Iterator[Thread]:
    """Every thread, as ``texts_of`` has its texts."""
    return (thread_of(article, found) for article, found in texts_of(tables))


def texts_of(tables: Mapping[str, pa.Table]) -> Iterator[tuple[str, list[tuple[Cell, str | None]]]]:
    """The texts of every thread, in the order of the articles; comments without an article come last."""
    places: dict[str, list[Cell]] = {}
    for row, article in enumerate(tables["articles"]["article_id"].to_pylist()):
        places[article] = [("articles", name, row) for name in ARTICLE_TEXTS]
    for row, article in enumerate(tables["comments"]["article_id"].to_pylist()):
        places.setdefault(article, []).append(("comments", "text", row))
    for article, cells in places.items():
        yield (
            article,
            [((table, column, row), tables[table][column][row].as_py()) for table, column, row in cells],
        )


def thread_of(article: str, found: Sequence[tuple[Cell, str | None]]) -> Thread:
    """The thread of some texts, those that are empty or gone left out."""
    told = [(cell, text) for cell, text in found if text]
    folds = tuple(fold(text) for _, text in told)
    cells, texts = tuple(cell for cell, _ in told), tuple(text for _, text in told)
    return Thread(article, cells, texts, folds, CUT.join([one.text for one in folds]))
