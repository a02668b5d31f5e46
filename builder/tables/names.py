"""The names under which comments are signed: ids for them, and how often each occurs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.core.ids import author_id, name_key
from builder.parse.arrays import Ints
from builder.tables.columns import picked, places


@dataclass(frozen=True)
class Signed:
    """The named comments of a batch: each one's author id, and the counts of the spellings."""

    author_id: pa.Array
    names: pa.Table


@lru_cache(maxsize=100_000)
def _identity(source: str, name: str) -> tuple[str, str]:
    key = name_key(name)
    return author_id(source, key), key


def sign(names: pa.Array, text: Ints, sources: Sequence[str]) -> Signed:
    """Give each name its author id at the source of its text.

    Args:
        names: the name of each named comment.
        text: the text of the batch that each of them is of.
        sources: the source of each text.
    """
    spelt = names.dictionary_encode()
    shown = spelt.dictionary.to_pylist()
    known = {source: number for number, source in enumerate(dict.fromkeys(sources))}
    at = np.array([known[source] for source in sources], dtype=np.int64)[text] if len(text) else text
    spelling = np.frombuffer(spelt.indices.buffers()[1], np.int32)[: len(names)]
    pair, which = np.unique(at * max(len(shown), 1) + spelling, return_inverse=True)
    source, name = np.divmod(pair, max(len(shown), 1))
    named = list(known)
    identities = [
        _identity(named[one], shown[other]) for one, other in zip(source.tolist(), name.tolist(), strict=True)
    ]
    columns = {
        "author_id": pa.array([one for one, _ in identities], pa.string()),
        "source": picked(named, source),
        "name": picked(spelt.dictionary, name),
        "name_key": pa.array([key for _, key in identities], pa.string()),
    }
    return Signed(picked(columns["author_id"], which), _counted(columns, which, text))


def _counted(columns: dict[str, pa.Array], which: Ints, text: Ints) -> pa.Table:
    """One row a spelling: the comments it signs, and the articles where it is its author's first spelling."""
    spellings, ids = len(columns["author_id"]), columns["author_id"].dictionary_encode()
    author = np.frombuffer(ids.indices.buffers()[1], np.int32)[:spellings]
    _, first = np.unique(text * max(spellings, 1) + author[which] if len(which) else which, return_index=True)
    counts = {
        "n_comments": places(np.bincount(which, minlength=spellings)),
        "n_articles": places(np.bincount(which[first], minlength=spellings)),
    }
    return pa.table(columns | counts, schema=arrow_schema("authors").remove_metadata())
