"""Counts as JSON values: frequencies, quantiles, shares."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

NOT_GIVEN = "not given"
"""Stands for null where values are counted."""
QUANTILES: Mapping[str, float] = {
    "least": 0.0,
    "quarter": 0.25,
    "half": 0.5,
    "three_quarters": 0.75,
    "most": 1.0,
}
"""The quantiles that are told of a number, by name."""


def has(tables: Mapping[str, pa.Table], name: str, *columns: str) -> bool:
    """Whether a table is there with these columns; a tier may lack them."""
    return name in tables and set(columns) <= set(tables[name].column_names)


def frequencies(column: pa.ChunkedArray) -> dict[str, int]:
    """How often each value occurs, by its words in their order; null counts as ``NOT_GIVEN``."""
    found = {group["values"]: group["counts"] for group in pc.value_counts(column).to_pylist()}
    named = {NOT_GIVEN if value is None else str(value): count for value, count in found.items()}
    return dict(sorted(named.items()))


def group_sizes(table: pa.Table, *by: str) -> list[dict[str, Any]]:
    """How many rows each combination of values has, as rows with ``rows``, in order; null comes first."""
    grouped = table.group_by(list(by), use_threads=False).aggregate([([], "count_all")]).to_pylist()
    rows = [{**{name: row[name] for name in by}, "rows": row["count_all"]} for row in grouped]
    return sorted(rows, key=lambda row: [(row[name] is not None, str(row[name])) for name in by])


def sizes_by(table: pa.Table, column: str) -> NDArray[np.int64]:
    """How many rows each value of a column has, null left out."""
    sizes: NDArray[np.int64] = pc.value_counts(table[column].drop_null()).field("counts").to_numpy()
    return sizes


def quantiles(numbers: NDArray[np.int64]) -> dict[str, int]:
    """Quantiles of whole numbers, each one that occurs; empty where there are none."""
    if not len(numbers):
        return {}
    found = np.quantile(numbers, list(QUANTILES.values()), method="lower")
    return {name: int(value) for name, value in zip(QUANTILES, found, strict=True)}


def share(part: float, whole: float) -> float | None:
    """A share to four digits, the same on every machine; none of nothing."""
    return round(float(part) / float(whole), 4) if whole else None


def gini(numbers: NDArray[np.int64]) -> float | None:
    """How unequal counts are: 0 if all are alike, near 1 if one has nearly all; none without any."""
    if not len(numbers):
        return None
    ranks = np.arange(1, len(numbers) + 1)
    return share(
        int(np.dot(2 * ranks - len(numbers) - 1, np.sort(numbers))), len(numbers) * int(numbers.sum())
    )
