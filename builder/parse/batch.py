"""The canonical texts of some captures, end to end in one buffer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from builder.parse.arrays import Bytes, Ints
from builder.parse.rank import Rank, characters


@dataclass(frozen=True)
class Batch:
    """Some captures' texts as one buffer of UTF-8.

    Attributes:
        buffer: the bytes of all texts; one LF that belongs to no text follows each of them.
        starts: for each text, where its first byte lies in the buffer.
        ends: for each text, where it ends (exclusive).
    """

    buffer: Bytes
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        """The number of texts."""
        return len(self.starts)

    def characters(self, places: Ints) -> Ints:
        """How many characters of the buffer begin before each place."""
        count: Ints = places - self._inner.count(places)
        return count

    @cached_property
    def _inner(self) -> Rank:
        return characters(self.buffer)


def make_batch(texts: Sequence[bytes]) -> Batch:
    """Lay canonical texts (valid UTF-8, LF line ends) end to end."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    ends = np.cumsum(lengths + 1) - 1
    joined = b"\n".join([*texts, b""])
    return Batch(np.frombuffer(joined, dtype=np.uint8), ends - lengths, ends)
