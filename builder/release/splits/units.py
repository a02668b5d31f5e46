"""Articles and comments as numbers: which copies belong together, and which split each had before."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from builder.core.split_rule import SPLITS

NONE: Final = -1
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one table, in its order.

    Attributes:
        ids: their ids.
        first: for each the row that it is a copy of, or its own.
        before: the number of the split that each had in the release before, `NONE` for none.
    """

    ids: pa.Array
    first: Codes
    before: Codes


def units(table: pa.Table, key: str, before: pa.Table | None) -> Units:
    """The units of a table with this key; ``before`` are the splits of the release before."""
    ids = table[key].combine_chunks()
    own = np.arange(len(ids))
    copied = places(table["duplicate_of"], ids)
    return Units(ids, np.where(copied < 0, own, copied), _before(ids, before))


def places(values: pa.ChunkedArray, among: pa.Array) -> Codes:
    """The place of each value among others, `NONE` for null and for those that are not there."""
    found: Codes = (
        pc.index_in(values, value_set=among, skip_nulls=True)
        .fill_null(NONE)
        .to_numpy(zero_copy_only=False)
        .astype(np.int64)
    )
    return found


def split_codes(splits: pa.ChunkedArray) -> Codes:
    """Splits as their numbers in ``SPLITS``."""
    return places(splits, pa.array(SPLITS, pa.string()))


def _before(ids: pa.Array, before: pa.Table | None) -> Codes:
    if before is None or not before.num_rows:
        return np.full(len(ids), NONE, dtype=np.int64)
    rows = places(pa.chunked_array([ids]), before["unit_id"].combine_chunks())
    return np.where(rows < 0, NONE, split_codes(before["split"])[rows])
