"""What counts at a store, said by numbered marks: the highest does, and each is written once.

A store has no lock. But it writes ``marks/000007.json`` for one of two writers only, and says so to the other.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.core import stores
from builder.core.errors import DataError
from builder.core.stores import Store

_FOLDER = "marks"
_NAME = re.compile(r"(\d{6,})\.json")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: its number, from 1, and what it says."""

    number: int
    said: Mapping[str, Any]


def newest_number(store: Store) -> int:
    """The number of the mark that counts; 0 where there is none yet."""
    found = map(_NAME.fullmatch, stores.names_in(store, _FOLDER))
    return max((int(each[1]) for each in found if each), default=0)


def newest(store: Store, cure: str) -> Mark | None:
    """The mark that counts; none where there is none yet. ``DataError`` for one that is damaged."""
    number = newest_number(store)
    if number == 0:
        return None
    try:
        said = json.loads(stores.read_in(store, _path(number)))
    except ValueError as error:
        raise damaged(store, number, error, cure) from error
    if not isinstance(said, dict):
        raise damaged(store, number, TypeError("no JSON object"), cure)
    return Mark(number, said)


def put(store: Store, mark: Mark) -> bool:
    """Write a mark unless there is one of its number; whether it was written."""
    content = json.dumps(mark.said, indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n"
    return stores.create(store, _path(mark.number), content)


def damaged(store: Store, number: int, error: Exception, cure: str) -> DataError:
    """The error of a mark that cannot be used."""
    return DataError(f"{store.url}/{_path(number)} is damaged: {error}. {cure}")


def _path(number: int) -> str:
    return f"{_FOLDER}/{number:06d}.json"
