"""Tables in memory that pass by in pieces, as those on disk do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from builder.tables.check_passing import CODED
from tests.unit.tables.corpus import Dataset


@dataclass(frozen=True)
class Passing:
    """A table that comes in pieces of so many rows, some of its columns as dictionaries."""

    table: pa.Table
    rows: int
    coded: Sequence[str] = ()

    @property
    def schema(self) -> pa.Schema:
        """What the table is."""
        return self.table.schema

    def __iter__(self) -> Iterator[pa.Table]:
        """An empty piece, and all others."""
        for at in range(-self.rows, self.table.num_rows, self.rows):
            piece = self.table.slice(max(at, 0), self.rows if at >= 0 else 0)
            for name in set(self.coded) & set(piece.column_names):
                place = piece.column_names.index(name)
                piece = piece.set_column(place, name, piece[name].dictionary_encode())
            yield piece

    def some(self, column: str, rows: NDArray[np.int64]) -> Iterator[pa.Array]:
        """The values of a column in some rows, one at a time."""
        for row in rows.tolist():
            yield self.table[column].slice(row, 1).combine_chunks()


def passing(made: Dataset, rows: int, *, coded: bool = True) -> Mapping[str, Passing]:
    """The tables of a dataset in pieces of so many rows."""
    return {
        name: Passing(table, rows, CODED.get(name, ()) if coded else ())
        for name, table in made.tables.items()
    }
