"""Tables that came of annotation are checked like those that a build makes."""

from pathlib import Path

import pyarrow as pa
import pytest

from builder.core.settings import Settings
from builder.core.tablefile import read_table, table_file
from builder.run.annotation.merging import merge_archive
from builder.run.corpus.soundness import refuse_faults
from builder.run.corpus.writer import table_writer
from builder.run.labels.checking import verify_annotation
from tests.unit.annotate.pulled import Pulled, choice
from tests.unit.run.archived import archived


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A dataset with one merged answer."""
    pulled = Pulled()
    pulled.annotation(pulled.task(), (choice("tone", "civil"),))
    made = archived(tmp_path, pulled)
    merge_archive(made)
    return made


def spoil(settings: Settings, name: str, column: str, values: pa.Array) -> None:
    """Put other values into a column of a merged table."""
    table = read_table(settings.merged_dir, name)
    place = table.column_names.index(column)
    spoilt = table.set_column(place, table.schema.field(column), values)
    table_file(settings.merged_dir, name).unlink()
    with table_writer(settings.merged_dir, name) as writer:
        writer.write(spoilt)


def test_what_a_merge_made_is_sound(settings: Settings) -> None:
    """Right after a merge there is nothing to find in its tables."""
    (merged,) = verify_annotation(settings)
    assert merged.rows["annotations"] == 1
    assert not merged.faults


@pytest.mark.parametrize(
    ("name", "column", "value", "check"),
    [
        ("annotations", "status", "lost", "enum"),
        ("annotations", "task_key", f"t{'0' * 20}", "reference"),
        ("tasks", "unit_id", "c1", "pattern"),
    ],
)
def test_damage_is_found(settings: Settings, name: str, column: str, value: str, check: str) -> None:
    """A value that its schema refuses, or that leads to no row, is found and named."""
    spoil(settings, name, column, pa.array([value]))
    (merged,) = verify_annotation(settings)
    assert (name, column, check) in [(fault.table, fault.column, fault.check) for fault in merged.faults]


def test_a_mistake_of_the_builder_is_no_finding(settings: Settings) -> None:
    """Before a table is written a fault in it stops the program."""
    table = read_table(settings.merged_dir, "annotators")
    with pytest.raises(AssertionError, match="breaks its schema"):
        refuse_faults({"annotators": table.set_column(0, "annotator_id", pa.array(["ann"]))})


def test_without_annotations_there_is_nothing_to_check(tmp_path: Path) -> None:
    """A dataset that nobody labelled yet has no tables of annotation to be wrong."""
    assert verify_annotation(Settings(root=tmp_path)) == ()
