"""Numbers of 64 bits for runs of bytes and for other numbers, the same on every machine."""

from typing import Final

import numpy as np

from builder.parse.arrays import Bytes, Hashes, Ints

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_MASKS: Final = np.array([(1 << (8 * count)) - 1 for count in range(9)], dtype=np.uint64)
_WORD: Final = 8  # bytes
_BATCH: Final = 1 << 16  # words


def mixed(values: Hashes) -> Hashes:
    """Numbers scattered over all 64 bits, different ones for different ones (the end of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * _FIRST
    values = (values ^ (values >> np.uint64(27))) * _SECOND
    return values ^ (values >> np.uint64(31))


def series(count: int, seed: int = 0) -> Hashes:
    """So many numbers without a pattern, always the same."""
    return mixed((np.arange(1, count + 1, dtype=np.uint64) + np.uint64(seed << 32)) * _GOLDEN)


def hashes(data: Bytes, starts: Ints, lengths: Ints) -> Hashes:
    """A number for each run of bytes, of which every byte counts; 0 for an empty run."""
    padded = np.concatenate([data, np.zeros(_WORD, dtype=np.uint8)])
    # The eight bytes from each place on, as one number.
    eights: Hashes = np.ndarray((len(data) + 1,), dtype="<u8", buffer=padded, strides=(1,))
    counts = -(-lengths // _WORD)
    ends = np.cumsum(counts)
    total = np.zeros(len(starts), dtype=np.uint64)
    first = 0
    while first < len(starts):
        done = ends[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(ends, done + _BATCH, side="right")))
        some = slice(first, last)
        total[some] = _of_some(eights, starts[some], lengths[some], counts[some])
        first = last
    return total


def _of_some(eights: Hashes, starts: Ints, lengths: Ints, counts: Ints) -> Hashes:
    total = np.zeros(len(starts), dtype=np.uint64)
    filled = np.flatnonzero(counts)
    if not len(filled):
        return total
    begins = np.cumsum(counts) - counts
    number = np.arange(counts.sum()) - np.repeat(begins, counts)
    words = eights[np.repeat(starts, counts) + _WORD * number]
    ends = begins[filled] + counts[filled] - 1
    words[ends] &= _MASKS[lengths[filled] - _WORD * (counts[filled] - 1)]
    words ^= words >> np.uint64(32)
    words *= series(int(counts.max())).take(number) | np.uint64(1)
    total[filled] = mixed(np.add.reduceat(words, begins[filled]) + lengths[filled].astype(np.uint64))
    return total
