"""Which captures a packed file holds, and which of its records are none and why."""

from collections.abc import Iterator
from typing import NamedTuple

from builder.core.issues import Issue, issue
from builder.core.packed.names import address
from builder.core.packed.reading import records
from builder.core.packed.record import Fault


class Held(NamedTuple):
    """A capture in a packed file: its address, its record's place from 0, its size in bytes."""

    capture: str
    record: int
    size: int


def held_in(file: str, name: str, largest: int, issues: list[Issue]) -> Iterator[Held]:
    """The captures in the packed file of that name; all that is wrong in it is added to ``issues``."""
    for record in records(file, largest):
        capture = address(name, record.id) if record.id else name
        if isinstance(record.data, Fault):
            issues.append(
                issue(capture, record.data.code, f"Record {record.number + 1}: {record.data.message}")
            )
        else:
            yield Held(capture, record.number, len(record.data))
