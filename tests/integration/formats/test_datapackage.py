"""Frictionless takes datapackage.json, with types, keys and links between tables."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def test_frictionless_finds_no_fault(release: Path, tables: dict[str, pa.Table]) -> None:
    """Every table is valid under its types, constraints, keys and references."""
    import frictionless

    report = frictionless.validate(str(release / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])[:5]
    assert {task.name: task.stats.get("rows", 0) for task in report.tasks} == {
        name: len(table) for name, table in tables.items()
    }


def test_frictionless_follows_the_links(release: Path, tmp_path: Path) -> None:
    """A comment whose article is gone is found by its foreign key."""
    import frictionless

    said = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    said["resources"] = [
        each for each in said["resources"] if each["name"] in {"articles", "comments", "authors"}
    ]
    (tmp_path / "datapackage.json").write_text(json.dumps(said), encoding="utf-8")
    (tmp_path / "data").mkdir()
    for name in ("articles", "comments", "authors"):
        table = pq.read_table(release / f"data/{name}.parquet")
        pq.write_table(table.slice(1) if name == "articles" else table, tmp_path / f"data/{name}.parquet")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert {kind for (kind,) in report.flatten(["type"])} == {"foreign-key"}
