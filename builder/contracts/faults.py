"""A fault in a table or record: where, which check, how many rows, examples and a cure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

EXAMPLES = 5
"""How many rows of one fault are quoted; all of them are counted."""

_WIDEST = 80


@dataclass(frozen=True, slots=True)
class Example:
    """One row that a check refused: its number from 0, its key, the value shortened, and what is wrong."""

    row: int | None
    key: str
    value: str
    message: str

    def __str__(self) -> str:
        """The place and the message, for a person."""
        place = self.key or ("" if self.row is None else f"row {self.row}")
        return f"{place}: {self.message}" if place else self.message


@dataclass(frozen=True, slots=True)
class Fault:
    """All rows that one check refused; ``column`` is a JSON pointer in a record, empty for a whole table."""

    table: str
    column: str
    check: str
    count: int
    examples: tuple[Example, ...]
    cure: str

    @property
    def place(self) -> str:
        """The table and column, or the record and pointer."""
        if not self.column:
            return self.table
        return f"{self.table}{'' if self.column.startswith('/') else '.'}{self.column}"

    @property
    def message(self) -> str:
        """Place, first example, number of rows and cure in one line."""
        more = f" (and {self.count - 1} more)" if self.count > 1 else ""
        return f"{self.place}: {self.examples[0]}{more}. {self.cure}"

    def __str__(self) -> str:
        """The message."""
        return self.message

    def as_json(self) -> Mapping[str, Any]:
        """The fault as values that ``json.dumps`` takes."""
        return {**asdict(self), "message": self.message}


def shifted(fault: Fault, first: int) -> Fault:
    """A fault that was found in a piece of its table, with the numbers that its rows have in the whole."""
    moved = (one if one.row is None else replace(one, row=one.row + first) for one in fault.examples)
    return replace(fault, examples=tuple(moved))


def merged(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults of one check, table and column that were found piece by piece, as one fault each."""
    found: dict[tuple[str, str, str], Fault] = {}
    for fault in faults:
        place = (fault.table, fault.column, fault.check)
        known = found.get(place)
        found[place] = fault if known is None else _joined(known, fault)
    return tuple(found.values())


def shortened(value: object) -> str:
    """A value as a person can read it in one line: at most 80 characters of its notation."""
    if isinstance(value, str | bytes):
        value = value[: _WIDEST + 1]
    text = repr(value)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _joined(first: Fault, second: Fault) -> Fault:
    examples = (first.examples + second.examples)[: max(EXAMPLES, len(first.examples))]
    return replace(first, count=first.count + second.count, examples=examples)
