"""Whether copies lead to the first of their kind, and whether exact ones are marked."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from builder.contracts.faults import Fault
from builder.parse.arrays import Hashes
from builder.tables.check_kinds import Rows, Tables, found
from builder.tables.check_links import Linked, link_of
from builder.tables.columns import places
from builder.tables.copies.keys import exact_keys, text_keys

_TABLES = ("articles", "comments")
_COLUMN = "duplicate_of"


def copy_faults(linked: Linked) -> Iterator[Fault]:
    """Copies that do not lead to a row above them, or to one that is a copy itself."""
    for name in _TABLES:
        target = linked.link(name, _COLUMN)
        place = name, _COLUMN
        own = np.arange(len(target))
        below = np.flatnonzero(target > own)
        yield from found(linked.tables, place, "copy", below, "the first of its copies stands below it")
        chained = np.flatnonzero((target >= 0) & (target != own) & (target[target] >= 0))
        yield from found(linked.tables, place, "copy", chained, "what it is a copy of is a copy itself")


def unmarked_copies(tables: Tables) -> Iterator[Fault]:
    """Texts in the same normal form that are not marked as copies of one row; the tables are in order.

    This holds for tables as they are built, and need not for those whose texts were changed afterwards.
    """
    for name in _TABLES:
        target = link_of(tables, name, _COLUMN)
        first = np.where(target < 0, np.arange(len(target)), target)
        apart = np.flatnonzero(first != first[_first_alike(tables, name)])
        words = "its text is that of a row above, but it is not marked as a copy of the same"
        yield from found(tables, (name, _COLUMN), "copy", apart, words)


def _first_alike(tables: Tables, name: str) -> Rows:
    """For each row the first one with the same text; its own where there is none, or no text."""
    texts = tables[name]["text"].combine_chunks()
    first = np.arange(len(texts))
    again = _beginning_alike(texts)
    first[again] = first_alike(again, exact_keys(texts.take(places(again))))
    return first


def first_alike(rows: Rows, keys: Hashes) -> Rows:
    """For each of these rows, which rise, the first one with the same key; its own where it has none."""
    _, place, which = np.unique(keys, return_index=True, return_inverse=True)
    alike: Rows = np.where(keys == 0, rows, rows[place[which]])
    return alike


def _beginning_alike(texts: pa.Array) -> Rows:
    """The rows whose texts begin like another one; the whole of all others need not be looked at."""
    keys = text_keys(texts, near=False)
    _, which, times = np.unique(keys["key"].to_numpy(), return_inverse=True, return_counts=True)
    rows: Rows = keys["row"].to_numpy()[times[which] > 1]
    return rows
