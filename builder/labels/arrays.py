"""The arrays that answers are counted in."""

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int64] | npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def dense(keys: Ints) -> tuple[Ints, int]:
    """Whole numbers as ranks from 0 among those that occur, and how many occur."""
    found, ranks = np.unique(keys, return_inverse=True)
    return ranks.astype(np.int64, copy=False), len(found)


def ints(values: Any) -> Ints:  # noqa: ANN401 - whatever numpy takes
    """An array of whole numbers."""
    return np.asarray(values, dtype=np.int64)
