"""Memory that a process has freed stays with it, so that the next batch need not ask the system again."""

import ctypes
import gc
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of glibc's mallopt
_KEPT = 512 << 20  # bytes
_SELDOM = 100_000  # objects


@cache
def keep_freed_memory() -> bool:
    """Tell glibc to keep what large arrays leave behind; whether there is a glibc to tell.

    Batches of equal size come and go. Giving their pages back and faulting them in again costs a sixth of the
    time of a build.
    """
    # What a build makes refers to nothing that refers back, so there are no cycles to be looked for.
    gc.set_threshold(_SELDOM)
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):
        return False
    return bool(mallopt(_TRIM_THRESHOLD, _KEPT) and mallopt(_MMAP_THRESHOLD, _KEPT))
