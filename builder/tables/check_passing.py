"""The whole check while the tables pass by once, window by window, in little memory.

It shows that tables agree with each other, or that they may not. Whatever it is that may be wrong, ``check_tables``
says in words, with all tables before it.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

import numpy as np
import pyarrow as pa

from builder.contracts import catalogue
from builder.contracts.columns import obeys
from builder.contracts.faults import Fault, merged, shifted
from builder.contracts.shape import shape_faults
from builder.tables.check import row_faults
from builder.tables.check_across import Across, Texts
from builder.tables.check_counts import author_count_faults, author_counts
from builder.tables.check_cuts import cuts_of
from builder.tables.check_id_bits import SortedIds
from builder.tables.check_ids import author_id_faults
from builder.tables.check_issues import issue_faults
from builder.tables.check_keys import key_faults, reference_faults, rising
from builder.tables.check_kinds import Tables
from builder.tables.check_links import Linked, linked, links_of
from builder.tables.check_raw import Read, raw_faults
from builder.tables.check_windows import WINDOWED, Window, windows

CODED: Mapping[str, Sequence[str]] = MappingProxyType(
    {"comments": ("article_id", "author_id"), "segments": ("article_id", "kind")}
)
"""Columns with few different values in a piece: as dictionaries, each of these is looked at once."""
_WHOLE = ("authors", "issues")


class Pieces(Texts, Protocol):
    """A table that comes in pieces, the first of which may have no rows; and can be asked for some of its texts.

    Columns that are ``CODED`` may come as dictionaries; ``schema`` says what the table is without.
    """

    @property
    @abstractmethod
    def schema(self) -> pa.Schema:
        """The columns and their types."""

    @abstractmethod
    def __iter__(self) -> Iterator[pa.Table]:
        """Its rows, from the first each time."""


class _MaybeUnsound(Exception):  # noqa: N818 - nobody is told
    """There may be a fault among the tables."""


def check_in_passing(
    tables: Mapping[str, Pieces], read: Read | None, progress: Callable[[int], None] | None = None
) -> tuple[Fault, ...] | None:
    """The faults against the raw captures (all of them, if there are any) of tables that are sound; else none.

    Without ``read`` no captures are read. For ``progress`` see ``check_against_raw``.
    """
    try:
        return merged(_passing(tables, read, progress))
    except _MaybeUnsound:
        return None


def _passing(
    tables: Mapping[str, Pieces], read: Read | None, progress: Callable[[int], None] | None
) -> Iterator[Fault]:
    whole = {name: pa.concat_tables(_obedient(name, tables[name])).combine_chunks() for name in _WHOLE}
    _refuse(key_faults(whole))
    _refuse(author_id_faults(whole))
    _refuse(issue_faults(whole))
    authors = SortedIds(whole["authors"]["author_id"].combine_chunks())
    across = {"articles": Across("article_id"), "comments": Across("comment_id")}
    written = {name: np.zeros(whole["authors"].num_rows, np.int64) for name in ("n_comments", "n_articles")}
    for window in windows({name: _obedient(name, tables[name]) for name in WINDOWED}):
        together = _linked(window, whole, authors)
        for name, each in across.items():
            each.add(window.tables[name])
        for column, counted in author_counts(together).items():
            written[column] += counted
        for fault in raw_faults(cuts_of(together), read, progress) if read else ():
            yield shifted(fault, window.first[fault.table])
    _refuse(author_count_faults(whole, written))
    if not all(each.is_sound(tables[name]) for name, each in across.items()):
        raise _MaybeUnsound


def _obedient(name: str, pieces: Pieces) -> Iterator[pa.Table]:
    _refuse(shape_faults(pieces.schema.empty_table(), catalogue.table(name)))
    for piece in pieces:
        if not obeys(piece, name):
            raise _MaybeUnsound
        yield piece


def _linked(window: Window, whole: Tables, authors: SortedIds) -> Linked:
    """The rows of a window with their references looked up, once they have been shown to agree with each other."""
    ordered = window.is_ordered() and all(
        rising(table, catalogue.table(name).order).all() for name, table in window.tables.items()
    )
    if not ordered:
        raise _MaybeUnsound
    tables = {**window.tables, **whole}
    links = {("comments", "author_id"): authors.places(tables["comments"]["author_id"])}
    together = linked(tables, {**links, **links_of(tables, but=("author_id", "duplicate_of"))})
    _refuse(reference_faults(together.tables, together.links))
    _refuse(row_faults(together))
    return together


def _refuse(faults: Iterator[Fault]) -> None:
    if next(faults, None) is not None:
        raise _MaybeUnsound
