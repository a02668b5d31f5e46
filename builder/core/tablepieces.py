"""A table read piece by piece, so that no more of it is in memory than is being looked at."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from builder.core.tablefile import readable, table_file


class TablePieces:
    """A table in a folder, whose pieces are its row groups; ``DataError`` where it cannot be read."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = table_file(folder, name)
        with readable(self._file), pq.ParquetFile(self._file) as opened:
            self.rows = int(opened.metadata.num_rows)

    def __iter__(self) -> Iterator[pa.Table]:
        """A piece without rows, which has the columns and their types, then all others in their order."""
        with readable(self._file), pq.ParquetFile(self._file, pre_buffer=False) as opened:
            yield opened.schema_arrow.empty_table()
            for group in range(opened.num_row_groups):
                yield opened.read_row_group(group, use_threads=False)

    def some(self, column: str, rows: NDArray[np.int64]) -> Iterator[pa.Array]:
        """The values of a column in some rows, whose numbers rise; pieces that have none of them are passed over."""
        with readable(self._file), pq.ParquetFile(self._file, pre_buffer=False) as opened:
            first = 0
            for group in range(opened.num_row_groups):
                end = first + opened.metadata.row_group(group).num_rows
                here = rows[np.searchsorted(rows, first) : np.searchsorted(rows, end)] - first
                if len(here):
                    read = opened.read_row_group(group, [column], use_threads=False)
                    yield read.column(0).combine_chunks().take(pa.array(here))
                first = end
