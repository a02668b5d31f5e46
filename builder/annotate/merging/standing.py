"""Which version of which annotation counts: each ends in exactly one status."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_OWN, _SUPERSEDED, _REJECTED = range(3)
"""Where a version's status comes from: its own verdict, a later version, or that it was ruled out."""
_WHOSE = ("annotator", "task_key", "elsewhere")
_BY_TIME = ("updated_at", "created_at", "said")
"""What makes one version later than another, even of those that were saved at one moment."""
_Ints = NDArray[np.int64]
_Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Settled:
    """Versions in the order of their ids and numbers, each once.

    ``numbers`` counts the versions of each annotation from 1; ``places`` says of each version, by its row as it
    was read, where it is now (-1: it had been told before).
    """

    versions: pa.Table
    numbers: _Ints
    statuses: pa.ChunkedArray
    places: _Ints


def settle(versions: pa.Table) -> Settled:
    """Give each version its number and its status, by the first of these rules that applies.

    A draft is a draft. An older version of an annotation is superseded. The last version is rejected if its
    unit was withdrawn, or if it was deleted or imported. Of one person's annotations of one task, all but the
    last are superseded. The last one is skipped, or rejected for reasons, or merged.
    """
    order = _in_order(versions)
    found = versions.take(order)
    places = np.full(versions.num_rows, -1)
    places[order] = np.arange(len(order))
    first = begins(found.select(["annotation_id"]))
    rows = np.arange(len(order))
    numbers = rows - np.maximum.accumulate(np.where(first, rows, 0)) + 1
    return Settled(found, numbers, _statuses(found, np.roll(first, -1)), places)


def _in_order(versions: pa.Table) -> _Ints:
    """The rows by annotation and time, without those that tell again what an earlier row told."""
    names = ("annotation_id", "said")
    order = _sorted(versions.select(names))
    order = order[begins(versions.select(names).take(order))]
    found = versions.select(["annotation_id", *_BY_TIME]).take(order)
    # Numbers are compared faster than ids, which are in their order already.
    ids = pa.array(np.cumsum(begins(found.select(["annotation_id"]))))
    return order[_sorted(found.set_column(0, "annotation_id", ids))]


def _statuses(found: pa.Table, last: _Truths) -> pa.ChunkedArray:
    """The statuses of versions in their order; ``last`` marks those that are the last of their annotations."""
    draft, ruled_out = (np.asarray(pc.equal(found["verdict"], verdict)) for verdict in ("draft", "ruled_out"))
    statuses = np.where(draft, _OWN, _SUPERSEDED)
    statuses[last & ruled_out] = _REJECTED
    rows = np.flatnonzero(last & ~draft & ~ruled_out)
    statuses[rows[_latest(found.select([*_WHOSE, *_BY_TIME]).take(rows))]] = _OWN
    words = [found["verdict"], pa.scalar("superseded"), pa.scalar("rejected")]
    return pc.choose(pa.array(statuses), *words)


def _latest(found: pa.Table) -> _Ints:
    """The rows that are the latest of one person on one task, of rows in the order of their ids."""
    people = _numbered(found["annotator"])
    # Nobody knows whether two unknown people are one.
    people = np.where(people < 0, -1 - np.arange(len(people)), people)
    scopes = _numbered(pc.coalesce(found["task_key"], found["elsewhere"]))
    whose = pa.table([people, scopes, *(found[name] for name in _BY_TIME)], ["person", "scope", *_BY_TIME])
    order = _sorted(whose)
    return order[np.roll(begins(whose.select(["person", "scope"]).take(order)), -1)]


def _numbered(column: pa.ChunkedArray) -> _Ints:
    """The same number for the same text, -1 for none."""
    numbers = column.combine_chunks().dictionary_encode().indices
    return np.asarray(numbers.fill_null(-1), np.int64)


def _sorted(table: pa.Table) -> _Ints:
    """The rows in the order of all columns, equal ones as they come."""
    table = table.append_column("row", pa.array(np.arange(table.num_rows)))
    keys = [(name, "ascending") for name in table.column_names]
    return np.asarray(pc.sort_indices(table, keys), np.int64)


def begins(table: pa.Table) -> _Truths:
    """Where a row is not as the one above it; the first is not."""
    found = np.ones(table.num_rows, np.bool_)
    if len(found):
        pairs = [(column.slice(1), column.slice(0, len(found) - 1)) for column in table.columns]
        found[1:] = np.logical_or.reduce([pc.not_equal(*pair).to_numpy() for pair in pairs])
    return found
