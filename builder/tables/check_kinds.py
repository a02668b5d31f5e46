"""The kinds of fault that only rows and tables together can show, each with its cure."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from builder.contracts import catalogue
from builder.contracts.faults import EXAMPLES, Example, Fault, shortened
from builder.contracts.shape import REBUILD

Rows = npt.NDArray[np.int64]
Tables = Mapping[str, pa.Table]

_RAW = "Put the capture back as it was, or build again so that the tables follow it: builder build"

CURES: Mapping[str, str] = MappingProxyType(
    {
        "missing_table": REBUILD,
        "key_twice": REBUILD,
        "order": REBUILD,
        "reference": REBUILD,
        "self_reference": REBUILD,
        "count": REBUILD,
        "position": REBUILD,
        "attribution": REBUILD,
        "parent": REBUILD,
        "ordinal": REBUILD,
        "tiling": REBUILD,
        "owner": REBUILD,
        "signature": REBUILD,
        "hull": REBUILD,
        "id": REBUILD,
        "hash": REBUILD,
        "author": REBUILD,
        "copy": REBUILD,
        "severity": REBUILD,
        "span": REBUILD,
        "missing": _RAW,
        "changed": _RAW,
        "undecodable": _RAW,
        "encoding": REBUILD,
        "coverage": REBUILD,
        "slice": REBUILD,
    }
)
"""What to do about each kind of fault; ``builder.tables.check`` says what each kind is."""


def found(
    tables: Tables, place: tuple[str, str], check: str, rows: Rows, words: str | Callable[[int], str]
) -> Iterator[Fault]:
    """The fault of these rows of ``place``, a table and column, worded for all or each; none without rows."""
    if not len(rows):
        return
    name, column = place
    examples = tuple(
        _example(tables[name], place, row, words if isinstance(words, str) else words(row))
        for row in rows[:EXAMPLES].tolist()
    )
    yield Fault(name, column, check, len(rows), examples, CURES[check])


def compared(
    tables: Tables, place: tuple[str, str], check: str, numbers: tuple[Rows, Rows], words: str
) -> Iterator[Fault]:
    """The fault of the rows in which two columns of numbers differ; ``words`` has {0} and {1} for them."""
    stored, due = numbers
    rows = np.flatnonzero(stored != due)
    yield from found(tables, place, check, rows, lambda row: words.format(stored[row], due[row]))


def _example(table: pa.Table, place: tuple[str, str], row: int, message: str) -> Example:
    name, column = place
    key = ", ".join(f"{part} {table[part][row].as_py()}" for part in catalogue.table(name).key)
    value = shortened(table[column][row].as_py()) if column else ""
    return Example(row, key, value, message)
