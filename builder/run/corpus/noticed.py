"""What a build noticed about captures, issue by issue."""

from pathlib import Path
from typing import Any

from builder.core.tablefile import read_table
from builder.run.corpus.record import read_record


def issues_of(tables: Path) -> list[dict[str, Any]]:
    """The rows of the issues, by capture; ``DataError`` where nothing was built."""
    read_record(tables)
    rows: list[dict[str, Any]] = read_table(tables, "issues").to_pylist()
    return rows
