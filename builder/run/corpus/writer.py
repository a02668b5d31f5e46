"""How each table is written: under its schema, its columns stored as suits what they hold."""

from pathlib import Path

from builder.contracts.arrow import arrow_schema
from builder.contracts.catalogue import table
from builder.contracts.fixed_width import fixed_width
from builder.core.tablefile import TableWriter, table_file


def table_writer(folder: Path, name: str) -> TableWriter:
    """What takes the rows of the table of that name into its file in a folder."""
    columns, order = table(name).columns, table(name).order
    # A reference to a comment is nearly as varied as the comments themselves.
    repetitive = [c.name for c in columns if c.enum or (c.references and c.references[0] != "comments")]
    even = [c.name for c in columns if c.name not in repetitive and c.pattern and fixed_width(c.pattern)]
    return TableWriter(table_file(folder, name), arrow_schema(name), repetitive, even, order)
