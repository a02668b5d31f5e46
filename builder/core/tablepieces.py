"""A table read piece by piece, so that no more of it is in memory than is being looked at."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from builder.core.tablefile import readable, table_file


class TablePieces:
    """A table in a folder, whose pieces are its row groups; ``DataError`` where it cannot be read.

    Columns named in ``coded`` come as dictionaries where they are stored as such: that is less to unpack.
    """

    def __init__(self, folder: Path, name: str, coded: Sequence[str] = ()) -> None:
        self._file = table_file(folder, name)
        self._coded: list[str] = []
        with self._opened() as opened:
            self.schema = opened.schema_arrow
            self.rows = int(opened.metadata.num_rows)
            self._coded = [name for name in coded if _is_coded(opened, name)]

    def __iter__(self) -> Iterator[pa.Table]:
        """A piece without rows, which has the columns and their types, then all others in their order."""
        with self._opened() as opened:
            yield opened.schema_arrow.empty_table()
            for group in range(opened.num_row_groups):
                yield opened.read_row_group(group, use_threads=False)

    def some(self, column: str, rows: NDArray[np.int64]) -> Iterator[pa.Array]:
        """The values of a column in some rows, whose numbers rise; pieces that have none of them are passed over."""
        with self._opened() as opened:
            first = 0
            for group in range(opened.num_row_groups):
                end = first + opened.metadata.row_group(group).num_rows
                here = rows[np.searchsorted(rows, first) : np.searchsorted(rows, end)] - first
                if len(here):
                    read = opened.read_row_group(group, [column], use_threads=False)
                    yield read.column(0).combine_chunks().take(pa.array(here))
                first = end

    def has(self, column: str, kind: pa.DataType) -> bool:
        """Whether there is a column of that name and type."""
        return bool(self.schema.names.count(column) == 1 and self.schema.field(column).type == kind)

    @contextmanager
    def _opened(self) -> Iterator[pq.ParquetFile]:
        with (
            readable(self._file),
            pq.ParquetFile(self._file, pre_buffer=False, read_dictionary=self._coded) as opened,
        ):
            yield opened


def _is_coded(opened: pq.ParquetFile, column: str) -> bool:
    """Whether all row groups have a dictionary for the column, and none an encoding that knows of none."""
    place = opened.schema_arrow.get_field_index(column)
    groups = (opened.metadata.row_group(group).column(place) for group in range(opened.num_row_groups))
    return place >= 0 and all(
        group.has_dictionary_page and set(group.encodings) <= {"PLAIN", "RLE", "RLE_DICTIONARY"}
        for group in groups
    )
