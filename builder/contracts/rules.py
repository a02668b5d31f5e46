"""A column's schema compiled to Arrow: each rule finding the rows that jsonschema would refuse."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts import instants
from builder.contracts.arrow import string_array
from builder.contracts.catalogue import Column
from builder.contracts.fixed_width import FixedWidth, fixed_width

Rows = npt.NDArray[np.int64]
_NONE: Rows = np.empty(0, dtype=np.int64)


Rule = Callable[[pa.Array], Iterator[tuple[str, Rows]]]
"""From an array of the column's type with valid UTF-8 to the keywords that it breaks, each with the rows."""


def rules_of(column: Column) -> Iterator[Rule]:
    """All rules of a column."""
    if not column.nullable:
        yield _null
    if column.arrow == "string":
        yield from _of_text(column)
    elif column.arrow.startswith("timestamp"):
        yield _unwritable
    elif column.arrow != "bool":
        yield partial(_outside, column.minimum, column.maximum)


def _of_text(column: Column) -> Iterator[Rule]:
    if column.enum:
        yield partial(_unlisted, string_array(column.enum))
    if column.pattern is not None:
        yield partial(_unlike, column.pattern, fixed_width(column.pattern))
    if column.min_length:
        yield partial(_shorter, column.min_length)
    if column.max_length is not None:
        yield partial(_longer, column.max_length)


def _null(values: pa.Array) -> Iterator[tuple[str, Rows]]:
    if values.null_count:
        yield "type", _rows(values.is_null())


def _unlisted(listed: pa.Array, values: pa.Array) -> Iterator[tuple[str, Rows]]:
    listed_here = pc.is_in(values, value_set=listed)
    if not pc.all(listed_here).as_py():
        yield "enum", _rows(pc.and_(values.is_valid(), pc.invert(listed_here)))


def _unlike(pattern: str, fixed: FixedWidth | None, values: pa.Array) -> Iterator[tuple[str, Rows]]:
    if fixed is not None and fixed.accepts(values):
        return
    if fixed is None and pc.all(pc.match_substring_regex(values.unique(), pattern)).as_py():
        return
    yield "pattern", _rows(pc.invert(pc.match_substring_regex(values, pattern)))


def _shorter(least: int, values: pa.Array) -> Iterator[tuple[str, Rows]]:
    lengths = pc.binary_length(values) if least == 1 else pc.utf8_length(values)  # for one, bytes are as good
    shortest = pc.min_max(lengths)["min"].as_py()
    if shortest is not None and shortest < least:
        yield "minLength", _rows(pc.less(lengths, least))


def _longer(most: int, values: pa.Array) -> Iterator[tuple[str, Rows]]:
    longest = pc.min_max(pc.binary_length(values))["max"].as_py()
    if longest is not None and longest > most:
        yield "maxLength", _rows(pc.greater(pc.utf8_length(values), most))


def _unwritable(values: pa.Array) -> Iterator[tuple[str, Rows]]:
    for _, rows in _outside(instants.FIRST, instants.LAST, values.view(pa.int64())):
        yield "format", rows


def _outside(least: float | None, most: float | None, values: pa.Array) -> Iterator[tuple[str, Rows]]:
    """Numbers beyond a bound, and what is no number at all, though a float."""
    if pa.types.is_floating(values.type):
        yield "type", _rows(pc.invert(pc.is_finite(values)))
    extremes = pc.min_max(values)
    low, high = extremes["min"].as_py(), extremes["max"].as_py()
    if least is not None and low is not None and low < least:
        yield "minimum", _rows(pc.less(_wide(values), least))
    if most is not None and high is not None and high > most:
        yield "maximum", _rows(pc.greater(_wide(values), most))


def _rows(mask: pa.Array) -> Rows:
    """The rows where a Boolean array is true; nulls of the column break no rule but ``type``."""
    if not pc.any(mask).as_py():
        return _NONE
    return np.flatnonzero(mask.fill_null(False).to_numpy(zero_copy_only=False))  # noqa: FBT003


def _wide(values: pa.Array) -> pa.Array:
    """Numbers in the width of Python's, which jsonschema compares; those that are none at all as null."""
    if not pa.types.is_floating(values.type):
        return values.cast(pa.int64())
    return pc.if_else(pc.is_finite(values), values.cast(pa.float64()), None)
