"""Memory that a process has freed: kept, where the next batch is like the last, or given back, where it is not."""

import atexit
import ctypes
import gc
from contextlib import suppress
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of glibc's mallopt
_KEPT = 512 << 20  # bytes
_SELDOM = 5_000_000  # objects


@cache
def collect_seldom() -> None:
    """Let Python look for cycles hardly ever: what loading and building make refers to nothing that refers back.

    At the usual pace that takes a fifth of the start-up, a part of it at the end, where all that was ever loaded
    is gone through once more.
    """
    gc.set_threshold(_SELDOM)
    atexit.register(gc.freeze)


def give_back_memory() -> None:
    """Give the system what was freed: otherwise a long command grows by what each of its stages leaves behind."""
    import pyarrow as pa  # noqa: PLC0415 - who never comes here need not load it

    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


@cache
def keep_freed_memory() -> bool:
    """Tell glibc to keep what large arrays leave behind; whether there is a glibc to tell.

    Batches of equal size come and go. Giving their pages back and faulting them in again costs a sixth of the
    time of a build.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):
        return False
    return bool(mallopt(_TRIM_THRESHOLD, _KEPT) and mallopt(_MMAP_THRESHOLD, _KEPT))


@cache
def let_arrow_give_back() -> bool:
    """Let Arrow take memory from where most of it goes back when it is freed; whether it knows such a place.

    Its usual place keeps what each of its threads once had, which is a fifth of what a build takes.
    """
    import pyarrow as pa  # noqa: PLC0415 - who never comes here need not load it

    if "jemalloc" not in pa.supported_memory_backends():
        return False
    pa.set_memory_pool(pa.jemalloc_memory_pool())
    return True
