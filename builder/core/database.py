"""A database file of SQLite, made in one go, the same bytes for the same statements and rows."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from builder.core.storage import writing

Row = Sequence[str | int | float | None]


def write_database(
    file: Path, tables: Iterable[str], rows: Iterable[tuple[str, Iterable[Row]]], indices: Iterable[str]
) -> None:
    """Make a database: statements that make tables, insertions each with their rows, statements for indices.

    References hold when it ends, or ``sqlite3.IntegrityError`` is raised.
    """
    with writing(file), closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("BEGIN")
        for statement in tables:
            database.execute(statement)
        for insertion, values in rows:
            database.executemany(insertion, values)
        for statement in indices:
            database.execute(statement)
        database.execute("COMMIT")
