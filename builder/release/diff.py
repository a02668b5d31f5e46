"""What is different between two versions of the tables, row by row and column by column.

Rows are the same row if they have the same key. Columns that are computed from other rows (``x-derived``) are left
aside: they may change with any row that comes or goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.catalogue import Table
from builder.core.memory import give_back_memory
from builder.release.difference import Difference, Rows, TableDifference

_NONE: Rows = np.empty(0, np.int64)
_MOST = 1 << 62
_STEP = 100_000
"""Rows that are compared at once."""


@dataclass(frozen=True, slots=True)
class Side:
    """The tables of one version and what is declared about them."""

    tables: Mapping[str, pa.Table]
    contracts: Mapping[str, Table]


def diff(old: Side, new: Side) -> Difference:
    """What is different between two versions. A table that only one has counts with all its rows."""
    names = dict.fromkeys([*new.contracts, *old.contracts])
    return Difference(
        {name: _of_table(name, old, new) for name in names},
        tuple(name for name in new.contracts if name not in old.contracts),
        tuple(name for name in old.contracts if name not in new.contracts),
    )


def _of_table(name: str, old: Side, new: Side) -> TableDifference:
    here = new.contracts.get(name) or old.contracts[name]
    there = old.contracts.get(name) or here
    sides = (partial(_rows, name, old, new), partial(_rows, name, new, old))
    before, after = (side() for side in sides)
    derived = {column.name for contract in (here, there) for column in contract.columns if column.derived}
    types = {
        one: (there.column(one).arrow, here.column(one).arrow) for one in here.names if one in there.names
    }
    alike = [one for one, (was, is_) in types.items() if was == is_ and one not in derived]
    same_key = here.key == there.key and set(here.key) <= set(alike)
    matched = _matched(before, after, here.key) if same_key else (_NONE, _NONE)
    return TableDifference(
        table=name,
        key=here.key,
        sides=sides,
        rows=(before.num_rows, after.num_rows),
        matched=matched,
        differs={one: _differs(before, after, matched, one) for one in alike if one not in here.key},
        columns_added=tuple(one for one in here.names if one not in there.names),
        columns_removed=tuple(one for one in there.names if one not in here.names),
        columns_retyped=tuple(one for one, (was, is_) in types.items() if was != is_),
    )


def _rows(name: str, of: Side, other: Side) -> pa.Table:
    """The table of one side, without rows where only the other one has it."""
    return of.tables[name] if name in of.contracts else other.tables[name].slice(0, 0)


def _matched(old: pa.Table, new: pa.Table, key: tuple[str, ...]) -> tuple[Rows, Rows]:
    """The numbers of the rows of both tables that have equal keys, in the order of the new one."""
    if old.num_rows == new.num_rows and all(old[part].equals(new[part]) for part in key):
        every = np.arange(new.num_rows)
        return every, every
    if len(key) == 1:
        place = pc.index_in(new[key[0]], value_set=old[key[0]].combine_chunks()).fill_null(-1).to_numpy()
        return place[place >= 0].astype(np.int64), np.flatnonzero(place >= 0)
    numbers = _numbered(old, new, key)
    give_back_memory()
    return _found(numbers[: old.num_rows], numbers[old.num_rows :])


def _found(old: Rows, new: Rows) -> tuple[Rows, Rows]:
    """The places of those numbers that are in both, in the order of the new ones."""
    if not len(old):
        return _NONE, _NONE
    order = np.argsort(old, kind="stable")
    place = np.searchsorted(old, new, sorter=order)
    was = order[np.minimum(place, len(old) - 1)]
    is_ = np.flatnonzero(old[was] == new)
    return was[is_], is_


def _numbered(old: pa.Table, new: pa.Table, key: tuple[str, ...]) -> Rows:
    """A number for the key of each old and each new row, equal for equal keys: a join takes many times the memory."""
    numbers, most = np.zeros(old.num_rows + new.num_rows, np.int64), 1
    for part in key:
        codes, count = _coded(pa.chunked_array([*old[part].chunks, *new[part].chunks], old[part].type))
        if most * count > _MOST:
            numbers = np.unique(numbers, return_inverse=True)[1]
            most = len(numbers)
        numbers *= count
        numbers += codes
        most *= count
    return numbers


def _coded(values: pa.ChunkedArray) -> tuple[npt.NDArray[np.int32], int]:
    """For each value a number, below the one that comes with them, and the same for equal values."""
    known = values.dictionary_encode(null_encoding="encode")
    codes = [chunk.indices.to_numpy() for chunk in known.chunks]
    return np.concatenate(codes), max(len(chunk.dictionary) for chunk in known.chunks)


def _differs(old: pa.Table, new: pa.Table, pairs: tuple[Rows, Rows], name: str) -> npt.NDArray[np.bool_]:
    differs = np.zeros(len(pairs[0]), np.bool_)
    for first in range(0, len(differs), _STEP):
        here = slice(first, first + _STEP)
        was, is_ = (_taken(table[name], rows[here]) for table, rows in zip((old, new), pairs, strict=True))
        differs[here] = _unequal(was, is_)
    return differs if differs.any() else np.broadcast_to(np.False_, differs.shape)  # which takes no memory


def _unequal(was: pa.Array, is_: pa.Array) -> npt.NDArray[np.bool_]:
    if was.equals(is_) and not pa.types.is_floating(was.type):
        return np.zeros(len(was), np.bool_)
    was, is_ = _exact(was), _exact(is_)
    equal = pc.fill_null(pc.equal(was, is_), False)  # noqa: FBT003
    both_null = pc.and_(was.is_null(), is_.is_null())
    same: npt.NDArray[np.bool_] = pc.or_(equal, both_null).to_numpy(zero_copy_only=False)
    return ~same


def _taken(values: pa.ChunkedArray, rows: Rows) -> pa.Array:
    """The values of some rows; those that lie close together are found without a look at the others."""
    first, last = int(rows.min()), int(rows.max())
    near = values.slice(first, last - first + 1).combine_chunks()
    if (np.diff(rows) == 1).all():
        return near
    return near.take(pa.array(rows - first))


def _exact(values: pa.Array) -> pa.Array:
    """Fractions by their bits, as they are written: 0.0 is not -0.0, and what is no number equals itself."""
    if not pa.types.is_floating(values.type):
        return values
    return values.view(pa.int32() if values.type == pa.float32() else pa.int64())
