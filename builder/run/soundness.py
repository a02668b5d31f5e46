"""Tables that came of annotation held against their schemas and against each other."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from builder.contracts.catalogue import ANNOTATION, LABELS
from builder.contracts.columns import check_columns
from builder.contracts.faults import Fault
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.core.tablefile import read_table
from builder.run.label_set_record import label_set_names
from builder.run.verify import Verdict
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


def verify_annotation(settings: Settings) -> tuple[Verdict, ...]:
    """What a check finds in the merged tables and in each label set, as far as there are any.

    Raises ``DataError`` where a table is missing or cannot be read.
    """
    merged, sets = settings.merged_dir, settings.label_sets_dir
    found = [_verified(merged, ANNOTATION)] if (merged / MARK).is_file() else []
    return (*found, *(_verified(sets / name, LABELS) for name in label_set_names(sets)))


def _verified(folder: Path, names: tuple[str, ...]) -> Verdict:
    tables = {name: read_table(folder, name) for name in names}
    return Verdict(
        folder, {name: table.num_rows for name, table in tables.items()}, faults_of(tables), None, None
    )
