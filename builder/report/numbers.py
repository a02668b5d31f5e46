"""What plots and sentences are made of: columns as arrays, bins, quantiles."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.labels.arrays import Floats, ints
from builder.report.columns import Bins
from builder.report.words import numeral

_BINS = 12


def floats(column: pa.ChunkedArray) -> Floats:
    """The values of a column as fractions; those that are null are left out."""
    return np.asarray(pc.drop_null(column).cast(pa.float64()), np.float64)


def counted(column: pa.ChunkedArray) -> Counter[str | None]:
    """How often each value of a column occurs."""
    pairs = pc.value_counts(column.combine_chunks()).to_pylist() if len(column) else []
    return Counter({pair["values"]: pair["counts"] for pair in pairs})


def ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent first, equals by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def top(counts: Counter[str], most: int) -> list[tuple[str, int]]:
    """The most frequent, and all others as one."""
    order = ranked(counts)
    if len(order) <= most:
        return order
    rest = order[most - 1 :]
    return [*order[: most - 1], (f"{len(rest):,} others", sum(count for _, count in rest))]


def even_bins(values: Floats) -> Bins:
    """Counts of whole numbers in at most a dozen bins of equal width, from 0."""
    most = int(values.max(initial=0)) + 1
    width = _nice(-(-most // _BINS))
    bounds = [width * place for place in range(max(1, -(-most // width)) + 1)]
    return bins(values, bounds)


def bins(values: Floats, bounds: Sequence[float], words: Sequence[str] = ()) -> Bins:
    """Counts between bounds, each from the lower one on; the last bin takes all that is above."""
    places = np.searchsorted(np.asarray(bounds), values, side="right") - 1
    places = np.clip(places, 0, len(bounds) - 2)
    counts = ints(np.bincount(places, minlength=len(bounds) - 1))
    return Bins(tuple(counts.tolist()), tuple(words) or tuple(numeral(int(bound)) for bound in bounds))


def bin_names(found: Bins, *, last_open: bool = False) -> list[str]:
    """What each bin is called in a table."""
    lower, upper = found.bounds[:-1], found.bounds[1:]
    names = [f"{one} to below {other}" for one, other in zip(lower, upper, strict=True)]
    return [*names[:-1], f"{lower[-1]} or more"] if last_open else names


def quantile(values: Floats, share: float) -> float:
    """The value that such a share of the values does not exceed; one of the values, or between two."""
    return float(np.quantile(values, share))


def _nice(least: int) -> int:
    """The least of 1, 2, 5, 10, 20, 50, ... that is no less."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if step * power >= least:
                return step * power
        power *= 10
