"""How many bytes of a kind lie before any position, by two look-ups."""

from dataclasses import dataclass

import numpy as np

from builder.parse.arrays import Bytes, Hashes, Ints

_WORD = 64
_SLICE = 1 << 20  # bytes, a multiple of eight
_BELOW = (np.uint64(1) << np.arange(_WORD, dtype=np.uint64)) - np.uint64(1)


@dataclass(frozen=True)
class Rank:
    """A bitmap of marked bytes with the running count of its 64-bit words."""

    words: Hashes
    before: Ints

    def count(self, positions: Ints) -> Ints:
        """The number of marked bytes before each position."""
        word = positions >> 6
        inside = np.bitwise_count(self.words[word] & _BELOW[positions & 63])
        total: Ints = self.before[word] + inside
        return total


def _indexed(packed: Bytes, length: int) -> Rank:
    padded = np.zeros((length // _WORD + 1) * 8, dtype=np.uint8)
    padded[: len(packed)] = packed
    words = padded.view("<u8").astype(np.uint64, copy=False)
    counts = np.bitwise_count(words).astype(np.int64)
    return Rank(words, np.cumsum(counts) - counts)


def characters(buffer: Bytes) -> Rank:
    """Index the bytes that continue a UTF-8 character: position minus count is a count of code points."""
    slices = (buffer[start : start + _SLICE] for start in range(0, len(buffer), _SLICE))
    packed = [np.packbits(part.view(np.int8) < -64, bitorder="little") for part in slices]
    return _indexed(np.concatenate([np.zeros(0, dtype=np.uint8), *packed]), len(buffer))
