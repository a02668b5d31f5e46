"""MinHash: texts that share most of their shingles are likely to share the least of them, shuffled in many ways."""

from typing import Final

import numpy as np

from builder.parse.arrays import Hashes, Ints
from builder.tables.copies.hashing import mixed, series
from builder.tables.copies.shingles import Small

BANDS: Final = 16
ROWS: Final = 8
"""Two texts become candidates where all rows of a band agree: with .7 in common in 61 of 100 cases, .8: 95."""
_BATCH: Final = 1 << 15  # shingles
_TURNS: Final = series(BANDS * ROWS, 1).astype(np.uint32) | np.uint32(1)
_SHIFTS: Final = series(BANDS * ROWS, 2).astype(np.uint32)


def band_keys(shingles: Small, counts: Ints) -> Hashes:
    """A key for each band of each text, texts x bands; equal keys of two texts are those of one band.

    ``counts`` says how many of the shingles each text has; at least one.
    """
    ends = np.cumsum(counts)
    keys = np.empty((len(counts), BANDS), dtype=np.uint64)
    first = 0
    while first < len(counts):
        begin = ends[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(ends, begin + _BATCH, side="right")))
        signatures = _signatures(
            shingles[begin : ends[last - 1]], ends[first:last] - counts[first:last] - begin
        )
        keys[first:last] = _banded(signatures)
        first = last
    return keys


def _signatures(shingles: Small, starts: Ints) -> Small:
    """The least of each text's shingles after each shuffle, shuffles x texts."""
    shuffled = np.empty_like(shingles)
    least = np.empty((len(_TURNS), len(starts)), dtype=np.uint32)
    for number, (turn, shift) in enumerate(zip(_TURNS, _SHIFTS, strict=True)):
        np.multiply(shingles, turn, out=shuffled)
        np.add(shuffled, shift, out=shuffled)
        np.minimum.reduceat(shuffled, starts, out=least[number])
    return least


def _banded(signatures: Small) -> Hashes:
    bands = signatures.reshape(BANDS, ROWS, -1).astype(np.uint64)
    key = np.repeat(series(BANDS, 3)[:, None], bands.shape[2], axis=1)
    for row in range(ROWS):
        key = mixed(key ^ bands[:, row])
    return key.T
