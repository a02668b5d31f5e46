"""A hash of all that the parts of tables depend on beside their captures: code, schemas, weights, libraries."""

import platform
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version

from builder.core.packaged import packaged_files, room_files

_ROOMS = ("core", "contracts", "parse", "tables", "run/corpus")
"""Where the code lies that makes a shard's tables, its weights and word lists beside it."""
_LIBRARIES = ("charset-normalizer", "jsonschema", "msgspec", "numpy", "py3langid", "pyarrow")


@cache
def code_sha256() -> str:
    """The hash of the code at hand, of the schemas, and of the versions of what both stand on."""
    found = sha256(f"Python {platform.python_version()}".encode())
    for library in _LIBRARIES:
        found.update(f"\0{library} {_version(library)}".encode())
    for files in (packaged_files("schemas"), *map(room_files, _ROOMS)):
        for name, content in sorted(files.items()):
            found.update(f"\0{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def recipe_of(*choices: str) -> str:
    """The hash of all but the captures; the choices are those of the dataset: weights, and settings that matter."""
    return sha256("\0".join((code_sha256(), *choices)).encode()).hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
