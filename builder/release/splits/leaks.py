"""What reaches from one split into another: threads, copies, authors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.core.split_rule import SPLITS
from builder.release.splits.units import Codes, places, split_codes, units

THREAD, COPY, AUTHOR = "thread", "copy", "author"
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Leak:
    """Pairs of units in different splits that one ``kind`` ties: how many, and some of them.

    ``thread`` and ``copy`` never are in splits that ``split`` made. ``author`` is, unless these were made by
    author; a model may know an author again, so it is told.
    """

    kind: str
    pairs: int
    examples: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """The leak as values that ``json.dumps`` takes."""
        return {"kind": self.kind, "pairs": self.pairs, "examples": [list(pair) for pair in self.examples]}


def leaks(tables: Mapping[str, pa.Table]) -> tuple[Leak, ...]:
    """The leaks of a dataset (its ``articles``, ``comments`` and ``splits``) by kind; no kind without a pair.

    No text is needed: copies are those that ``duplicate_of`` tells, each against the unit that it is a copy of.
    """
    articles, comments = tables["articles"], tables["comments"]
    ids = pa.chunked_array([*articles["article_id"].chunks, *comments["comment_id"].chunks], pa.string())
    codes = _codes(ids, tables["splits"])
    known = articles["article_id"].combine_chunks()
    thread = np.append(np.arange(len(known)), places(comments["article_id"], known))
    author = pc.index_in(comments["author_id"], value_set=pc.unique(comments["author_id"].drop_null()))
    told = author.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    found = (
        _grouped(THREAD, ids, codes, thread),
        _copied(tables, codes),
        _grouped(AUTHOR, comments["comment_id"], codes[len(known) :], told),
    )
    return tuple(leak for leak in found if leak.pairs)


def _codes(ids: pa.ChunkedArray, splits: pa.Table) -> Codes:
    """The split of each unit by its number; -1 where it is in none, or not in the table."""
    rows = places(ids, splits["unit_id"].combine_chunks())
    return np.where(rows < 0, -1, np.append(split_codes(splits["split"]), -1)[rows])


def _grouped(kind: str, ids: pa.ChunkedArray, codes: Codes, group: Codes) -> Leak:
    """The pairs of units of one group in different splits."""
    inside = np.flatnonzero((codes >= 0) & (group >= 0))
    groups = int(group.max(initial=-1)) + 1
    cells = group[inside] * len(SPLITS) + codes[inside]
    counts = np.bincount(cells, minlength=groups * len(SPLITS)).reshape(groups, len(SPLITS))
    pairs = (counts.sum(axis=1) ** 2 - (counts**2).sum(axis=1)) // 2
    examples = [
        _example(ids, inside[group[inside] == one], codes) for one in np.flatnonzero(pairs)[:_SHOWN].tolist()
    ]
    return Leak(kind, int(pairs.sum()), tuple(examples))


def _example(ids: pa.ChunkedArray, rows: Codes, codes: Codes) -> tuple[str, str]:
    other = rows[codes[rows] != codes[rows[0]]][0]
    return ids[int(rows[0])].as_py(), ids[int(other)].as_py()


def _copied(tables: Mapping[str, pa.Table], codes: Codes) -> Leak:
    """The copies in another split than the unit that they are copies of."""
    pairs: list[tuple[str, str]] = []
    start = 0
    for table, key in (("articles", "article_id"), ("comments", "comment_id")):
        of = units(tables[table], key, None)
        here = codes[start : start + len(of.ids)]
        start += len(of.ids)
        first = here[of.first]
        rows = np.flatnonzero((here >= 0) & (first >= 0) & (here != first))
        both = (of.ids.take(pa.array(each)).to_pylist() for each in (rows, of.first[rows]))
        pairs.extend(zip(*both, strict=True))
    return Leak(COPY, len(pairs), tuple(pairs[:_SHOWN]))
