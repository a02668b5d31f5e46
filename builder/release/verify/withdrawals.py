"""Whether what a release lists as withdrawn is gone from it, and nothing else is."""

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.faults import Fault
from builder.release.difference import keys_of
from builder.release.faults import of_rows
from builder.release.withdrawal.tombstones import EMPTIED, WITHDRAWN
from builder.tables.check_links import truths

_ALWAYS = ("text", "text_sha256", "text_hmac")
"""What every comment has that was not withdrawn."""
_GONE = {"articles": "article", "authors": "author"}
_OF_UNIT = ("tasks", "annotations", "labels", "label_shares", "label_spans", "splits")

Tables = Mapping[str, pa.Table]


def withdrawal_faults(tables: Tables) -> Iterator[Fault]:
    """Units that are listed as withdrawn and still stand or are labelled, and tombstones that are none."""
    yield from _tombstones(tables)
    for name, kind in _GONE.items():
        still = pc.is_in(tables[name][f"{kind}_id"], value_set=_listed(tables, kind))
        yield from _found(tables, (name, f"{kind}_id"), still, "it was withdrawn, and still stands here")
    units = pa.concat_arrays([_listed(tables, "comment"), _listed(tables, "article")])
    for name in _OF_UNIT:
        still = pc.is_in(tables[name]["unit_id"], value_set=units)
        yield from _found(
            tables, (name, "unit_id"), still, "the unit was withdrawn, and this row is about it"
        )


def _tombstones(tables: Tables) -> Iterator[Fault]:
    comments = tables["comments"]
    empty = pc.equal(comments["attribution"], WITHDRAWN)
    listed = pc.is_in(comments["comment_id"], value_set=_listed(tables, "comment"))
    words = "it is a tombstone or is listed as withdrawn, but not both"
    yield from _found(tables, ("comments", "attribution"), pc.xor(empty, listed), words)
    for column in (name for name in EMPTIED if name in comments.column_names):
        left = pc.and_(empty, comments[column].is_valid())
        yield from _found(tables, ("comments", column), left, "it was withdrawn, and this is left of it")
    for column in (name for name in _ALWAYS if name in comments.column_names):
        lost = pc.and_(pc.invert(empty), comments[column].is_null())
        yield from _found(tables, ("comments", column), lost, "it was not withdrawn, and this is missing")


def _listed(tables: Tables, kind: str) -> pa.Array:
    withdrawn = tables["withdrawn"]
    return withdrawn.filter(pc.equal(withdrawn["unit_type"], kind))["unit_id"].combine_chunks()


def _found(tables: Tables, place: tuple[str, str], mask: pa.ChunkedArray, words: str) -> Iterator[Fault]:
    name, _ = place
    key = {"comments": "comment_id", "articles": "article_id", "authors": "author_id"}.get(name, "unit_id")
    keys = keys_of(tables[name], (key,), np.flatnonzero(truths(mask)))
    yield from of_rows(place, "withdrawal", keys, words)
