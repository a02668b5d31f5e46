"""Croissant's own tool takes croissant.json, and loads every table in full."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from builder.release.documents.responsible import rai_faults

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning:rdflib")


def test_croissant_is_valid(release: Path, tables: dict[str, pa.Table]) -> None:
    """``mlcroissant validate`` has neither an error nor a warning; a time frame is told where times are."""
    tool = Path(sys.executable).with_name("mlcroissant")
    words = [tool, "validate", "--jsonld", release / "croissant.json"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Done." in done.stderr
    assert "warning" not in done.stderr
    said = json.loads((release / "croissant.json").read_text(encoding="utf-8"))
    dated = "published_at" in tables["articles"].column_names
    assert ("rai:dataCollectionTimeFrame" in said) == dated
    assert list(rai_faults(said)) == []


def test_croissant_loads_every_table(release: Path, tables: dict[str, pa.Table]) -> None:
    """Each record set, read twice with mlcroissant, is the table row by row."""
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(release / "croissant.json"))
    assert {each.name for each in dataset.metadata.record_sets} == set(tables)
    for name, table in tables.items():
        for _ in range(2):
            assert [readable(row, name) for row in dataset.records(name)] == table.to_pylist(), name


def readable(row: dict[str, Any], table: str) -> dict[str, Any]:
    """A record with plain names and texts, which come as bytes."""
    return {
        name.removeprefix(f"{table}/"): value.decode() if isinstance(value, bytes) else value
        for name, value in row.items()
    }
