"""How each table is written: under its schema, its columns stored as suits what they hold."""

from collections.abc import Sequence
from pathlib import Path

from builder.contracts.arrow import schema_of
from builder.contracts.catalogue import Table, table
from builder.contracts.fixed_width import fixed_width
from builder.core.tablefile import LEVEL, TableWriter, table_file


def table_writer(folder: Path, name: str) -> TableWriter:
    """What takes the rows of the table of that name into its file in a folder."""
    return contract_writer(table_file(folder, name), table(name))


def contract_writer(
    file: Path, contract: Table, level: int = LEVEL, known: Sequence[str] = ()
) -> TableWriter:
    """What takes the rows of a table with that contract into a file; ``known`` are columns of few values."""
    columns, order = contract.columns, contract.order
    # A reference to a comment is nearly as varied as the comments themselves.
    repetitive = [c.name for c in columns if c.enum or (c.references and c.references[0] != "comments")]
    repetitive += known
    even = [c.name for c in columns if c.name not in repetitive and c.pattern and fixed_width(c.pattern)]
    return TableWriter(file, schema_of(contract), repetitive, even, order, level=level)
