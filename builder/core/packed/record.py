"""One record of a packed file, or what is wrong with it."""

from collections.abc import Mapping
from json import dumps
from typing import Any, NamedTuple

from builder.core.appetite import BASE, PER_CAPTURE_BYTE

FACTS = ("url", "published_at", "source", "language", "licence")
"""Columns and keys that say what a side file would: the entries of ``schemas/capture_meta.schema.json``."""

DAMAGE = (OSError, EOFError, ValueError)
"""What readers raise where a file is no such file, or ends too soon."""


class Fault(NamedTuple):
    """Why a record is no capture: the code of an issue, and words for a person."""

    code: str
    message: str


class Record(NamedTuple):
    """A record: its place in the file from 0, its id there, its bytes, those of its side file if it has one."""

    number: int
    id: str
    data: bytes | Fault
    meta: bytes | None = None


def oversized(size: int, largest: int) -> Fault:
    """What is said of a capture that is too large for the memory that a worker is meant to have."""
    need = (size * PER_CAPTURE_BYTE + BASE) // 1_000_000
    return Fault(
        "too_large",
        f"It has {size:,} bytes, and no capture may have more than {largest:,}. To parse it takes about "
        f"{need:,} MB of memory. Cut it, or where a worker has as much: builder build --max-capture-bytes {size}",
    )


def no_text(what: object) -> Fault:
    """What is said of a record whose text is something else."""
    kind = {type(None): "missing", bool: "a truth value", int: "a number", float: "a number"}
    return Fault("unreadable", f"Its text is {kind.get(type(what), 'no text')}. Give it one, or take it out.")


def no_id() -> Fault:
    """What is said of a record without a name."""
    return Fault("unreadable", "It has no id that could be its name. Give it one, or take it out.")


def side_file(said: Any, facts: Mapping[str, Any]) -> bytes | None:  # noqa: ANN401 - whatever a record holds
    """What a record says beside its text, as the bytes of a side file; none where it says nothing.

    Text and bytes are taken for a side file as it was; else objects and single facts make one.
    """
    if isinstance(said, bytes):
        return said
    if isinstance(said, str):
        return said.encode()
    given = {name: value for name, value in facts.items() if value is not None}
    if said is None and not given:
        return None
    whole = {**given, **said} if isinstance(said, dict) else given if said is None else said
    return dumps(whole, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "replace")
