"""Exports: each form holds what the tables hold, the same bytes each time, and never in the place of anything."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pytest

from builder.contracts import instants
from builder.core.errors import DataError, OutputError
from builder.core.settings import Settings
from builder.core.storage import files_below
from builder.release.export.values import Source
from builder.run.annotation.merging import merge_archive
from builder.run.releasing.exporting import export
from builder.run.releasing.sources import dataset_source, release_source
from builder.run.releasing.withdrawing import Asked, plan_withdrawal, withdraw
from tests.unit.run.released import SAID, comment, cut_release, released_dataset

FORMS = ("convokit", "csv", "jsonl", "sqlite")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A dataset with labels."""
    return released_dataset(tmp_path_factory.mktemp("dataset"))


@pytest.fixture(scope="module")
def source(settings: Settings) -> Source:
    """Its tables as they are now, some cells odd."""
    return odd(dataset_source(settings))


@pytest.fixture(scope="module")
def release(settings: Settings) -> Path:
    """A release of it."""
    return cut_release(settings)


def odd(source: Source) -> Source:
    """The tables with texts that separators, quotes, line ends and emptiness make hard to write."""
    rows = source.tables["articles"].to_pylist()
    rows[0] |= {"headline": 'He said "no", \r\nthen; left\t', "text": ""}
    rows[1] |= {"caption": "NULL", "published_at": datetime.fromisoformat("2031-04-05T06:07:08.000009+00:00")}
    articles = pa.Table.from_pylist(rows, schema=source.tables["articles"].schema)
    return Source(source.name, source.version, {**source.tables, "articles": articles}, source.contracts)


def records(table: pa.Table) -> list[dict[str, Any]]:
    """The rows of a table, times as RFC 3339."""
    return [{name: _cell(value) for name, value in row.items()} for row in table.to_pylist()]


def _cell(value: Any) -> Any:
    return instants.text(instants.microseconds(value)) if isinstance(value, datetime) else value


@pytest.mark.parametrize("form", FORMS)
def test_the_same_tables_give_the_same_bytes(source: Source, tmp_path: Path, form: str) -> None:
    """An export made twice has the same files with the same bytes."""
    made = [export(source, form, tmp_path / name).folder for name in ("one", "two")]
    contents = [{file.name: file.read_bytes() for file in files_below(folder)} for folder in made]
    assert contents[0] == contents[1]
    assert contents[0]


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_overwritten(source: Source, tmp_path: Path, form: str) -> None:
    """A folder with anything in it is left as it is."""
    (tmp_path / "there").mkdir()
    (tmp_path / "there/mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is there already"):
        export(source, form, tmp_path / "there")
    assert [file.name for file in files_below(tmp_path)] == ["mine.txt"]


def test_json_lines_say_what_the_tables_say(source: Source, tmp_path: Path) -> None:
    """Each line is a row with every column, equal to the table's."""
    folder = export(source, "jsonl", tmp_path / "out").folder
    for name, table in source.tables.items():
        lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in lines] == records(table)
        assert all(list(json.loads(line)) == table.column_names for line in lines)


def test_csv_is_what_rfc_4180_wants(source: Source, tmp_path: Path) -> None:
    """Lines end with CR and LF, quotes are doubled, and a plain reader finds header, rows and texts."""
    folder = export(source, "csv", tmp_path / "out").folder
    for name, table in source.tables.items():
        raw = (folder / f"{name}.csv").read_bytes()
        assert raw.endswith(b"\r\n")
        head, *found = csv.reader(io.StringIO(raw.decode(), newline=""), strict=True)
        assert head == table.column_names
        assert found == [[_plain(value) for value in row.values()] for row in records(table)]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def test_csv_tells_null_from_empty(source: Source, tmp_path: Path) -> None:
    """A reader that knows quotes from none gets the table back, null, empty text and "NULL" apart."""
    folder = export(source, "csv", tmp_path / "out").folder
    for name, table in source.tables.items():
        types = {
            one.name: pa.string() if pa.types.is_timestamp(one.type) else one.type for one in table.schema
        }
        options = pyarrow.csv.ConvertOptions(
            column_types=types, strings_can_be_null=True, quoted_strings_can_be_null=False, null_values=[""]
        )
        newlines = pyarrow.csv.ParseOptions(newlines_in_values=True)
        found = pyarrow.csv.read_csv(folder / f"{name}.csv", parse_options=newlines, convert_options=options)
        assert found.to_pylist() == records(table)


def test_sqlite_says_what_the_tables_say(source: Source, tmp_path: Path) -> None:
    """The database is whole, its references hold, and it has the rows, keys and indices of the tables."""
    file = export(source, "sqlite", tmp_path / "out").folder / "tiny.sqlite"
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for name, table in source.tables.items():
            found = database.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - our own names
            assert found == [tuple(row.values()) for row in records(table)]
        keys = {row[2] for row in database.execute("PRAGMA foreign_key_list(comments)").fetchall()}
        assert keys == {"articles", "authors", "comments"}
        plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM comments WHERE author_id = 'x'").fetchall()
        assert "comments_author_id" in plan[0][-1]
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("INSERT INTO labels SELECT * FROM labels LIMIT 1")


def test_a_release_is_exported_under_its_own_schemas(release: Path, tmp_path: Path) -> None:
    """The tables of a release come with the columns that it has, and keys that hold."""
    source = release_source(release)
    file = export(source, "sqlite", tmp_path / "out").folder / "tiny.sqlite"
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        columns = [row[1] for row in database.execute("PRAGMA table_info(comments)").fetchall()]
        assert columns == source.tables["comments"].column_names
        assert columns[-1] == "since_version"


def test_what_was_withdrawn_is_not_exported(tmp_path: Path) -> None:
    """An export of the house is without what was withdrawn, its place in the thread left."""
    settings = released_dataset(tmp_path)
    withdraw(settings, plan_withdrawal(settings, Asked((comment(SAID)["comment_id"],), "error")), None)
    merge_archive(settings)
    for form in FORMS:
        folder = export(dataset_source(settings), form, tmp_path / form).folder
        assert all(SAID.encode() not in file.read_bytes() for file in files_below(folder))
    lines = (tmp_path / "convokit/utterances.jsonl").read_text(encoding="utf-8").splitlines()
    tombstones = [one for one in map(json.loads, lines) if one["meta"].get("attribution") == "withdrawn"]
    assert [one["text"] for one in tombstones] == ["", ""]


def test_what_was_not_released_cannot_be_committed_by_accident(source: Source, tmp_path: Path) -> None:
    """Git passes over an export of the house, wherever it is, and sees that of a release."""
    done = export(source, "csv", tmp_path / "house")
    assert (tmp_path / "house/.gitignore").read_bytes() == b"*\n"
    assert ".gitignore" not in done.files
    export(replace(source, version="1.0.0"), "csv", tmp_path / "release")
    assert not (tmp_path / "release/.gitignore").exists()


def test_a_folder_that_is_no_release_is_refused(tmp_path: Path) -> None:
    """Whoever names another folder is told what a release is."""
    with pytest.raises(DataError, match="Is it the folder of a release"):
        release_source(tmp_path)
