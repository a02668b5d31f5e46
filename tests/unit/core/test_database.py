"""A database is made in one go, or an error says what does not hold."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from builder.core.database import write_database

TABLES = (
    "CREATE TABLE a (id TEXT NOT NULL PRIMARY KEY, other TEXT REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED) STRICT",
)
INSERT = "INSERT INTO a VALUES (?, ?)"
INDEX = "CREATE INDEX a_other ON a (other)"


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    """References may lead to later rows, and two files of the same rows are equal."""
    files = [tmp_path / name for name in ("one", "two")]
    for file in files:
        write_database(file, TABLES, [(INSERT, [("x", "y"), ("y", None)])], [INDEX])
    assert files[0].read_bytes() == files[1].read_bytes()
    with closing(sqlite3.connect(files[0])) as database:
        assert database.execute("SELECT * FROM a").fetchall() == [("x", "y"), ("y", None)]


@pytest.mark.parametrize("rows", [[("x", "nowhere")], [("x", None), ("x", None)], [(None, None)]])
def test_what_does_not_hold_is_an_error(tmp_path: Path, rows: list[tuple[str | None, str | None]]) -> None:
    """A reference to nothing, a key that is there twice and a missing one are refused."""
    with pytest.raises(sqlite3.IntegrityError):
        write_database(tmp_path / "one", TABLES, [(INSERT, rows)], [])
