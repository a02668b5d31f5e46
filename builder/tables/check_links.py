"""Which row each reference leads to, found once for all checks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts import catalogue
from builder.tables.check_kinds import Rows, Tables

Links = Mapping[tuple[str, str], Rows]
"""The target rows of references, by table and column."""

_KINDS = catalogue.table("segments").column("kind").enum


@dataclass(frozen=True, slots=True)
class Linked:
    """The tables in order, the target row of each reference (-1: null, or no such row), segments' kinds."""

    tables: Tables
    links: Links
    kinds: npt.NDArray[np.int8]

    def link(self, table: str, column: str) -> Rows:
        """For each row of the table the row that its reference leads to."""
        return self.links[table, column]

    def numbers(self, table: str, column: str) -> Rows:
        """A column of numbers without nulls."""
        return numbers(self.tables[table], column)

    def is_kind(self, *kinds: str) -> npt.NDArray[np.bool_]:
        """Which segments are of one of these kinds."""
        wanted = np.zeros(len(_KINDS) + 1, dtype=np.bool_)  # the last is that of no known kind, -1
        wanted[[_KINDS.index(kind) for kind in kinds]] = True
        return wanted[self.kinds]

    def size(self, table: str) -> int:
        """The number of rows of a table."""
        return int(self.tables[table].num_rows)


def linked(tables: Tables, links: Links | None = None) -> Linked:
    """The tables of a corpus with all references looked up that the schemas declare, or those that are given."""
    kinds = _places(tables["segments"]["kind"], pa.array(_KINDS))
    return Linked(tables, links_of(tables) if links is None else links, kinds.astype(np.int8))


def links_of(tables: Tables, but: Collection[str] = ()) -> Links:
    """For each reference that the schemas of these tables declare, the row that each value leads to, or -1.

    Columns of some names may be left out.
    """
    return {
        (contract.name, column.name): link_of(tables, contract.name, column.name)
        for contract in catalogue.tables(tables)
        for column in contract.columns
        if column.references is not None and column.name not in but
    }


def link_of(tables: Tables, name: str, column: str) -> Rows:
    """The row that each value of one reference leads to, or -1; ``KeyError`` where the column refers to nothing."""
    references = catalogue.table(name).column(column).references
    if references is None:
        raise KeyError(column)
    return _targets(tables, tables[name][column], references)


def numbers(table: pa.Table, column: str) -> Rows:
    """A column of numbers without nulls."""
    found: Rows = table[column].to_numpy().astype(np.int64, copy=False)
    return found


def truths(mask: pa.ChunkedArray | pa.Array) -> npt.NDArray[np.bool_]:
    """A Boolean column as numpy's, null as false."""
    found: npt.NDArray[np.bool_] = mask.fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003
    return found


def _targets(tables: Tables, values: pa.ChunkedArray, target: tuple[str, str]) -> Rows:
    if values.null_count == len(values):
        return np.full(len(values), -1, dtype=np.int64)
    name, column = target
    return _places(values, tables[name][column].combine_chunks())


def _places(values: pa.ChunkedArray, among: pa.Array) -> Rows:
    """The place of each value among some, or -1; of a dictionary each value is looked for once."""
    if not pa.types.is_dictionary(values.type):
        found = pc.index_in(values, value_set=among, skip_nulls=True)
    else:
        codes = values.combine_chunks()
        found = pc.index_in(codes.dictionary, value_set=among, skip_nulls=True).take(codes.indices)
    rows: Rows = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return rows
