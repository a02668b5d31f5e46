"""What the array libraries must be told before they are loaded."""

import os
from types import MappingProxyType
from typing import Final

_SETTINGS: Final = MappingProxyType(
    {
        # One pool for Arrow and NumPy: what one of them frees, the other can take.
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        # Nothing here multiplies matrices; starting the threads for it costs a fifth of the start-up.
        "OPENBLAS_NUM_THREADS": "1",
    }
)


def prepare_libraries() -> None:
    """Set them up for a process of the command, and those it starts, where the user has not done so."""
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
