"""A dataset of an older builder is lifted as a whole, or nothing of it is changed."""

import json
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builder.annotate.archive.lines import read_archive
from builder.contracts.arrow import STAMP
from builder.core.errors import DataError, UsageError
from builder.core.linefile import line_files, read_lines
from builder.core.settings import Settings
from builder.core.staging import MARK
from builder.core.storage import files_below
from builder.run.annotation.merging import merge_archive
from builder.run.corpus.soundness import verified
from builder.run.releasing.migrating import Steps, migrate
from tests.unit.run.released import released_dataset


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A dataset with labels, its table of rejects as the version 1.0.0 of its schema wrote it."""
    settings = released_dataset(tmp_path)
    age(settings.merged_dir, "rejects", "1.0.0")
    return settings


def age(folder: Path, name: str, version: str) -> None:
    """Let a table be of another version, in its file and in the record."""
    file = folder / f"{name}.parquet"
    rows = pq.read_table(file)
    pq.write_table(rows.replace_schema_metadata({STAMP: f"{name} {version}".encode()}), file)
    record = json.loads((folder / MARK).read_text(encoding="utf-8"))
    record["schemas"][name] = version
    (folder / MARK).write_text(json.dumps(record), encoding="utf-8")


def contents(settings: Settings) -> dict[str, bytes]:
    """Every file of the dataset."""
    return {
        file.relative_to(settings.root).as_posix(): file.read_bytes() for file in files_below(settings.root)
    }


def test_an_older_table_is_lifted(settings: Settings) -> None:
    """What the version 1.0.0 wrote is what today's merge writes, and passes the check again."""
    assert verified(settings.merged_dir, ("rejects",)).faults
    (done,) = migrate(settings)
    assert (done.folder, done.table, done.before, done.after) == ("data/merged", "rejects", "1.0.0", "1.1.0")
    assert verified(settings.merged_dir, ("annotations", "tasks", "annotators", "rejects")).faults == ()
    lifted = contents(settings)
    merge_archive(settings)
    assert {name: data for name, data in contents(settings).items() if name.startswith("data/merged")} == {
        name: data for name, data in lifted.items() if name.startswith("data/merged")
    }
    assert migrate(settings) == ()


def test_a_dry_run_changes_nothing(settings: Settings) -> None:
    """A dry run tells what would be lifted."""
    before = contents(settings)
    assert [one.table for one in migrate(settings, dry=True)] == ["rejects"]
    assert contents(settings) == before


def test_a_newer_label_set_stops_all(settings: Settings) -> None:
    """Where one table cannot be lifted nothing is, and the cure is told."""
    age(settings.label_sets_dir / "v1", "labels", "3.0.0")
    before = contents(settings)
    with pytest.raises(DataError, match="newer builder"):
        migrate(settings)
    assert contents(settings) == before


def test_lines_of_the_archive_are_lifted(settings: Settings) -> None:
    """A step for lines is made for each line, once, and the archive stands as a whole before and after."""

    def renamed(values: dict[str, object]) -> dict[str, object]:
        return {**values, "server": f"{values['server']}!"}

    steps = Steps(of_lines={1: renamed}, form=2)
    count = len(list(read_archive(settings.archive_dir)))
    lifted = [one for one in migrate(settings, steps) if one.table == "lines"]
    assert [(one.before, one.after, one.rows) for one in lifted] == [("1", "2", count)]
    (file,) = line_files(settings.archive_dir)
    values = [json.loads(line) for line in read_lines(file)]
    assert {(one["server"], one["form"]) for one in values} == {("studio!", 2)}
    assert settings.archive_dir.stat().st_mode & 0o077 == 0
    assert not [one for one in migrate(settings, steps) if one.table == "lines"]
    assert not list(settings.archive_dir.parent.glob(".archive.*rewritten*"))
    with pytest.raises(DataError, match="this builder knows 1"):
        migrate(settings)


def test_a_missing_step_for_lines_is_told(settings: Settings) -> None:
    """Where no step leads to the next form, the archive stays as it is."""
    before = contents(settings)
    with pytest.raises(DataError, match="Nothing leads from form 1"):
        migrate(settings, Steps(form=2))
    assert contents(settings) == before


def test_a_folder_without_a_table_is_refused(settings: Settings) -> None:
    """Tables of a builder that did not know one of today's have to be made anew."""
    record = json.loads((settings.tables_dir / MARK).read_text(encoding="utf-8"))
    del record["schemas"]["issues"]
    (settings.tables_dir / MARK).write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(DataError, match="knew no table issues"):
        migrate(settings)


def test_rows_that_break_the_schema_are_refused(settings: Settings) -> None:
    """A table with a value that no version allowed is not lifted."""
    file = settings.merged_dir / "annotators.parquet"
    rows = pq.read_table(file)
    bad = rows.set_column(0, rows.schema.field(0), pa.array(["?"] * rows.num_rows))
    pq.write_table(bad, file)
    with pytest.raises(DataError, match="cannot be lifted"):
        migrate(settings)


def test_tables_at_a_url_are_built_again(settings: Settings) -> None:
    """Tables at a store are not lifted in the copy that is here."""
    with pytest.raises(UsageError, match="not migrated but built again"):
        migrate(replace(settings, tables="memory://shelf.example/tables"))
