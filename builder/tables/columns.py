"""Arrow columns gathered from spans of a buffer, without an object per row."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.parse.arrays import Bytes, Flags, Ints


def strings(buffer: Bytes, start: Ints, end: Ints) -> pa.Array:
    """The strings between ascending, disjoint places of a buffer of UTF-8."""
    if not len(start):
        return pa.array([], pa.string())
    offsets = np.empty(2 * len(start), dtype=np.int32)
    offsets[0::2], offsets[1::2] = start, end
    # Spans and what lies between them are one string column; every other value of it is wanted.
    whole = pa.Array.from_buffers(
        pa.string(), len(offsets) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(buffer)]
    )
    return whole.take(pa.array(np.arange(0, len(offsets), 2)))


def joined(values: pa.Array, counts: Ints) -> pa.Array:
    """Runs of strings, so many each, joined by a blank line."""
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), values), "\n\n")


def picked(values: Sequence[str | None] | pa.Array, places: Ints, missing: Flags | None = None) -> pa.Array:
    """The value at each place; null where it is missing."""
    choice = values if isinstance(values, pa.Array) else pa.array(values, pa.string())
    return choice.take(pa.array(places, mask=missing))


def int32(values: Ints) -> pa.Array:
    """Whole numbers as a column; raises `ArrowInvalid` where one does not fit."""
    return pa.array(values).cast(pa.int32())


def nulls(count: int, kind: pa.DataType) -> pa.Array:
    """A column that says nothing."""
    return pa.nulls(count, kind)


def rounded(values: np.ndarray) -> pa.Array:
    """Probabilities to three digits, which is more than they are good for, and the same on every machine."""
    return pa.array(np.round(values, 3).astype(np.float32))
