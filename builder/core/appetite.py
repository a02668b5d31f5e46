"""How much memory it takes to make tables of a capture, so that no worker takes on more than it can hold."""

from collections.abc import Iterator, Sequence

import numpy as np

from builder.core.capturefile import LARGEST

PER_BYTE = 11
PER_LINE = 700
PER_CAPTURE_BYTE = 17
"""Bytes of memory for a byte of text, for a line that is not blank, and for both in a text of usual lines. Measured by
``benchmarks/packed.py``: 16.4 for a byte of usual text, of which a line of 120 bytes takes its share."""
MOST_PER_BYTE = 19
"""Bytes of memory for a byte of the largest capture: with the base, those of a worker with 1 GB."""
BASE = 100_000_000
"""What a builder takes whatever it builds."""


def appetite(data: bytes) -> int:
    """Bytes of memory for a capture, at least; blank lines are counted as if they were none."""
    return PER_BYTE * len(data) + PER_LINE * max(data.count(b"\n"), data.count(b"\r"))


def is_too_much(data: bytes, largest: int) -> int:
    """Bytes of memory for a capture of so many short lines that its size says too little; 0 for any other.

    It may take what one of ``largest`` bytes takes with rather short lines.
    """
    most = MOST_PER_BYTE * max(largest, LARGEST)
    if len(data) * (PER_BYTE + PER_LINE) <= most or appetite(data) <= most:
        return 0
    ends = np.flatnonzero(np.isin(np.frombuffer(data, np.uint8), (10, 13)))
    lines = int(np.count_nonzero(np.diff(ends, prepend=-1) > 1)) + 1
    need = PER_BYTE * len(data) + PER_LINE * lines
    return need if need > most else 0


def _fit_together(captures: Sequence[bytes], most: int) -> bool:
    """Whether it is sure at one look that all of them take no more than ``most`` bytes, as those of a usual shard."""
    if PER_BYTE * sum(map(len, captures)) > most:
        return False
    joined = np.frombuffer(b"".join(captures), np.uint8)
    # Line ends are among the bytes up to 13; to count them capture by capture takes six times as long.
    return PER_BYTE * len(joined) + PER_LINE * int(np.count_nonzero(joined <= ord("\r"))) <= most


def meals(captures: Sequence[bytes], most: int) -> Iterator[int]:
    """How many captures, one after the other, are worked on at once so that they take no more than ``most`` bytes.

    One that takes more by itself is worked on alone.
    """
    if _fit_together(captures, most):
        yield from [len(captures)] if captures else []
        return
    count = taken = 0
    for data in captures:
        need = appetite(data)
        if count and taken + need > most:
            yield count
            count = taken = 0
        count, taken = count + 1, taken + need
    if count:
        yield count
