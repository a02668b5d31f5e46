"""Whether keys are unique, rows in their order, and references lead somewhere."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts import catalogue
from builder.contracts.catalogue import Table
from builder.contracts.faults import Fault
from builder.tables.check_kinds import Rows, Tables, found
from builder.tables.check_links import Links, truths

_Mask = npt.NDArray[np.bool_]


def key_faults(tables: Tables) -> Iterator[Fault]:
    """Keys that are there twice, and rows that do not come after the row above them."""
    for contract in catalogue.tables(tables):
        after = rising(tables[contract.name], contract.order)
        if contract.key != contract.order or not after.all():
            yield from _twice(tables, contract)
        rows = np.flatnonzero(~after) + 1
        rows = rows[~_same(tables[contract.name], contract.key, rows)]
        words = f"the row does not come after the one above it by {', '.join(contract.order)}"
        yield from found(tables, (contract.name, contract.order[-1]), "order", rows, words)


def in_order(tables: Tables) -> dict[str, pa.Table]:
    """The tables sorted as their schemas say; those that are stay as they are."""
    return {
        contract.name: _sorted(tables[contract.name], contract.order) for contract in catalogue.tables(tables)
    }


def reference_faults(tables: Tables, links: Links) -> Iterator[Fault]:
    """References to rows that are not there, or to their own row."""
    for (name, column), targets in links.items():
        to = _target(name, column)
        dangling = truths(tables[name][column].is_valid()) & (targets < 0)
        words = f"there is no such row in {to}"
        yield from found(tables, (name, column), "reference", np.flatnonzero(dangling), words)
        if to == name:
            own = np.flatnonzero(targets == np.arange(len(targets)))
            words = "the row refers to itself"
            yield from found(tables, (name, column), "self_reference", own, words)


def _target(table: str, column: str) -> str:
    references = catalogue.table(table).column(column).references
    return references[0] if references else ""


def rising(table: pa.Table, order: tuple[str, ...]) -> _Mask:
    """For each row but the first whether it comes strictly after the row above it."""
    count = max(0, table.num_rows - 1)
    rising, equal = np.zeros(count, dtype=np.bool_), np.ones(count, dtype=np.bool_)
    for name in order:
        values = _comparable(table[name])
        above, below = values.slice(0, count), values.slice(1)
        rising |= equal & truths(pc.less(above, below))
        equal &= truths(pc.equal(above, below))
    return rising


def _comparable(values: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    """The values of a column, or numbers in the same order for those of a dictionary, which Arrow cannot compare."""
    if not pa.types.is_dictionary(values.type):
        return values
    codes = values.combine_chunks()
    return pc.rank(codes.dictionary, tiebreaker="dense").take(codes.indices)


def _sorted(table: pa.Table, order: tuple[str, ...]) -> pa.Table:
    if rising(table, order).all():
        return table
    return table.sort_by([(name, "ascending") for name in order])


def _same(table: pa.Table, key: tuple[str, ...], rows: Rows) -> _Mask:
    """For each of these rows whether its key is that of the row above it."""
    same = np.ones(len(rows), dtype=np.bool_)
    for name in key:
        same &= truths(pc.equal(table[name].take(pa.array(rows)), table[name].take(pa.array(rows - 1))))
    return same


def _twice(tables: Tables, contract: Table) -> Iterator[Fault]:
    keys = tables[contract.name].select(list(contract.key))
    if keys.group_by(list(contract.key), use_threads=False).aggregate([]).num_rows == keys.num_rows:
        return
    seen: set[tuple[object, ...]] = set()
    rows = []
    for row, key in enumerate(zip(*(keys[name].to_pylist() for name in contract.key), strict=True)):
        if key in seen:
            rows.append(row)
        seen.add(key)
    place = (contract.name, contract.key[-1])
    yield from found(tables, place, "key_twice", np.array(rows), "a row above has the same key")
