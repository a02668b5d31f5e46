"""Tables held against their schemas and against each other."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from builder.contracts.columns import check_columns
from builder.contracts.faults import Fault
from builder.core.tablefile import read_table
from builder.run.corpus.verify import Verdict
from builder.tables.check import UNSOUND
from builder.tables.check_keys import key_faults, reference_faults
from builder.tables.check_links import links_of


def faults_of(tables: Mapping[str, pa.Table]) -> tuple[Fault, ...]:
    """All faults of some tables: types, single values, keys, order, and references among them.

    Where a column cannot be read at all, rows are not compared.
    """
    single = tuple(fault for name, table in tables.items() for fault in check_columns(table, name))
    if any(fault.check in UNSOUND for fault in single):
        return single
    return (*single, *key_faults(tables), *reference_faults(tables, links_of(tables)))


def refuse_faults(tables: Mapping[str, pa.Table]) -> None:
    """Let no table out that its schema refuses: that would be a mistake of the builder, not of the data."""
    faults = faults_of(tables)
    if faults:
        raise AssertionError(f"a table breaks its schema: {faults[0].place}: {faults[0]}")


def verified(folder: Path, names: tuple[str, ...]) -> Verdict:
    """What a check finds in the tables of a folder; ``DataError`` where one is missing or cannot be read."""
    tables = {name: read_table(folder, name) for name in names}
    return Verdict(
        folder, {name: table.num_rows for name, table in tables.items()}, faults_of(tables), None, None
    )
