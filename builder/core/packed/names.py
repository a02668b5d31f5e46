"""What a packed capture is called: the file that it lies in and its record, and the name that it keeps for life.

A packed file stands for the folder it lies in. Its record ``2031/a.txt`` is the capture that a file ``2031/a.txt``
in that folder would be, and has the ids of that one. So packing changes no id.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

KINDS: Mapping[str, str] = MappingProxyType(
    {
        ".parquet": "parquet",
        ".jsonl": "jsonl",
        ".jsonl.gz": "jsonl",
        ".jsonl.zst": "jsonl",
        ".tar": "tar",
        ".tar.gz": "tar",
        ".tar.zst": "tar",
        ".wet": "wet",
        ".wet.gz": "wet",
    }
)
"""How the names of packed files end, and what kind of file each is."""

_ENDINGS = tuple(KINDS)
_MARK = "#"
_ADDRESS = re.compile(r"\.(?:parquet|(?:jsonl|tar)(?:\.gz|\.zst)?|wet(?:\.gz)?)#")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://(?=.)")
_NO_FOLDER = re.compile(r"(?<![^/])/|/(?![^/])")  # a slash without a name before it and after it


def is_packed(name: str) -> bool:
    """Whether a file of that name holds packed captures."""
    return name.endswith(_ENDINGS)


def address(file: str, record: str) -> str:
    """A packed capture's address, ``folder/file.parquet#record``, from the names of both.

    Of a web address the scheme is dropped. Slashes that part nothing are written ``%2F``. A file at the top has
    no folder that could be the source; there a record without one has the file's name up to its first dot.
    """
    path = _NO_FOLDER.sub("%2F", _SCHEME.sub("", record, count=1))
    if "/" not in file and "/" not in path:
        path = f"{file.partition('.')[0]}/{path}"
    return f"{file}{_MARK}{path}"


def parted(capture: str) -> tuple[str, str] | None:
    """The file and the record of an address; none for the name of a capture that is a file of its own."""
    found = _ADDRESS.search(capture) if _MARK in capture else None
    return (capture[: found.end() - 1], capture[found.end() :]) if found else None


def name_of(capture: str) -> str:
    """The name that a capture keeps for life, ``source/path.txt``, whether it is packed or not."""
    parts = parted(capture)
    if parts is None:
        return capture
    folder, slash, _ = parts[0].rpartition("/")
    return f"{folder}{slash}{parts[1]}"
