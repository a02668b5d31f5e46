"""A process that builds and makes no frames need not load pandas."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType


class _Nowhere(MetaPathFinder):
    """Finds pandas nowhere."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the protocol's arguments
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> None:
        """Refuse pandas, and leave all else to the finders that know it."""
        if fullname == "pandas":
            raise ImportError("left out of this process")


def leave_pandas_out() -> None:
    """Let Arrow find that there is no pandas, unless it is loaded already.

    Arrow loads pandas at its first column of Python values, which takes a quarter of a second and 40 MB. From
    now on no Arrow table can become a frame in this process, so this is for processes of the command alone.
    """
    if "pandas" in sys.modules:
        return
    import pyarrow as pa  # noqa: PLC0415 - who never comes here need not load it

    nowhere = _Nowhere()
    sys.meta_path.insert(0, nowhere)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(nowhere)
