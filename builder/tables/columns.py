"""Arrow columns made of arrays, without an object per row.

Arrow's own way from NumPy (`pa.array`) first loads pandas, which costs more than building a small dataset.
"""

from binascii import hexlify
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from builder.parse.arrays import Bytes, Codes, Flags, Floats, Ints


def _column(kind: pa.DataType, values: NDArray[np.generic], missing: Flags | None = None) -> pa.Array:
    valid = None if missing is None else pa.py_buffer(np.packbits(~missing, bitorder="little"))
    return pa.Array.from_buffers(kind, len(values), [valid, pa.py_buffer(np.ascontiguousarray(values))])


def int32(values: Ints) -> pa.Array:
    """Whole numbers as a column; raises `ArrowInvalid` where one does not fit."""
    return _column(pa.int64(), values.astype(np.int64, copy=False)).cast(pa.int32())


def places(values: Ints | Codes, missing: Flags | None = None) -> pa.Array:
    """Numbers of rows, for `take`; null where they are missing."""
    return _column(pa.int64(), values.astype(np.int64, copy=False), missing)


def rounded(values: Floats) -> pa.Array:
    """Probabilities to three digits, which is more than they are good for, and the same on every machine."""
    return _column(pa.float32(), np.round(values, 3).astype(np.float32))


def _strings(offsets: NDArray[np.int32], data: Bytes) -> pa.Array:
    return pa.Array.from_buffers(
        pa.string(), len(offsets) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(data))]
    )


def joined(values: pa.Array, counts: Ints) -> pa.Array:
    """Runs of strings, so many each, joined by a blank line."""
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    runs = pa.ListArray.from_arrays(_column(pa.int32(), offsets), values)
    return pc.binary_join(runs, "\n\n")


def picked(
    values: Sequence[str | None] | pa.Array, where: Ints | Codes, missing: Flags | None = None
) -> pa.Array:
    """The value at each place; null where it is missing."""
    choice = values if isinstance(values, pa.Array) else pa.array(values, pa.string())
    return choice.take(places(where, missing))


def hexadecimal(digests: bytes, size: int, prefix: str = "") -> pa.Array:
    """Digests of so many bytes each, end to end, as lower-case digits after a prefix of one letter or none."""
    digits = np.frombuffer(hexlify(digests), dtype=np.uint8).reshape(-1, 2 * size)
    width = len(prefix) + 2 * size
    rows = digits
    if prefix:
        rows = np.empty((len(digits), width), dtype=np.uint8)
        rows[:, 0], rows[:, 1:] = ord(prefix), digits
    return _strings(np.arange(0, (len(rows) + 1) * width, width, dtype=np.int32), rows.reshape(-1))


def nulls(count: int, kind: pa.DataType) -> pa.Array:
    """A column that says nothing."""
    return pa.nulls(count, kind)
