"""A small but complete release folder: the sample's articles, labels of three people, and every document."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from builder.contracts import catalogue
from builder.contracts.arrow import arrow_schema, schema_of
from builder.core.settings import find_settings
from builder.core.tablefile import read_table
from builder.labels.label_sets import How, label_set
from builder.labels.sheets import counting, sheets
from builder.release.documents.counting import counted
from builder.release.documents.described import described
from builder.release.documents.rendering import DOCUMENTS, render
from builder.run.releasing.datasheet import answers_of
from builder.run.releasing.told import told_of_build
from tests.integration.command import built
from tests.unit.labels.merged import KNOWN, merged, person, said

VERSION = "1.0.0"
SINCE = {
    "type": "string",
    "x-arrow": "string",
    "x-tier": "open",
    "description": "The version that brought the row.",
}
TONES = ("civil", "rude", "hate")


def write_release(folder: Path, repository: Path) -> None:
    """Build the sample, have three people label it, and write tables and documents of the research tier."""
    built("--out", folder / "built", cwd=repository)
    corpus = {name: read_table(folder / "built", name) for name in catalogue.CORPUS if name != "issues"}
    tables = corpus | labels_of(corpus["comments"]["comment_id"].to_pylist()[:12])
    schemas = {name: schema_of_release(name) for name in tables}
    released = {name: narrowed(table, schemas[name]) for name, table in tables.items()}
    release = folder / "release"
    facts: dict[str, Any] = {
        "release": facts_of_release(repository),
        "files": {name: written(release, name, table) for name, table in released.items()},
        "counted": counted(released, schemas),
        "told": told_of_build(folder / "built") | {"privacy": {"key_id": "0a1b2c3d", "masked": {"email": 2}}},
        "answers": answers_of(find_settings(repository)),
    }
    for name, content in render(facts, schemas).items():
        (release / name).parent.mkdir(exist_ok=True)
        (release / name).write_bytes(content)
    write_sums(release)


def labels_of(units: list[str]) -> dict[str, pa.Table]:
    """What three people said of some comments, and a label set made of it."""
    made = merged(
        *(
            said(
                unit, who, tone=TONES[(number + who) % 3 % (1 + number % 3)], stars=who, span=[(0, 1, "slur")]
            )
            for number, unit in enumerate(units)
            for who in (1, 2, 3)
        )
    )
    found = label_set(sheets(counting(made, "human"), made, KNOWN), {}, How("first"))
    people = [
        {"annotator_id": person(who), "n_annotations": len(units), "first_at": 0, "last_at": 0, "group": None}
        for who in (1, 2, 3)
    ]
    return {
        **made,
        "rejects": arrow_schema("rejects").empty_table(),
        "annotators": pa.Table.from_pylist(people, arrow_schema("annotators")),
        **found.tables,
    }


def schema_of_release(name: str) -> dict[str, Any]:
    """The schema of a table without private columns, with the version that brought each row."""
    schema = catalogue.schema(name)
    kept = {column: said for column, said in schema["properties"].items() if said["x-tier"] != "private"}
    return {**schema, "properties": {**kept, "since_version": SINCE}, "required": [*kept, "since_version"]}


def narrowed(table: pa.Table, schema: Mapping[str, Any]) -> pa.Table:
    """The table with the columns of a schema."""
    dated = table.append_column("since_version", pa.array([VERSION] * len(table), pa.string()))
    wanted = schema_of(catalogue.table_of(schema))
    return dated.select(wanted.names).cast(wanted).combine_chunks()


def written(release: Path, name: str, table: pa.Table) -> dict[str, Any]:
    """Write a table; what stands in the facts about its file."""
    file = release / "data" / f"{name}.parquet"
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table.replace_schema_metadata(None), file, compression="zstd", compression_level=3)
    content = file.read_bytes()
    sums = {"sha256": hashlib.sha256(content).hexdigest(), "content_sha256": "0" * 64}
    return {"path": f"data/{file.name}", "bytes": len(content), "rows": len(table), **sums}


def facts_of_release(repository: Path) -> dict[str, Any]:
    """What the release says of itself; with an identifier, so that this is tried too."""
    said = described(find_settings(repository))
    dated = {"version": VERSION, "date": "2031-05-09", "tier": "research", "documents": DOCUMENTS}
    named = {"doi": "10.1234/sample.1", "concept_doi": "10.1234/sample", "url": "https://sample.example"}
    before = {"previous": "0.9.0", "bump": "major", "bump_reason": "A label was corrected."}
    changed = {"rows_changed": {"labels": {"added": 1, "removed": 0, "changed": 2}}}
    return {**said, **dated, **named, **before, **changed}


def write_sums(release: Path) -> None:
    """Write SHA256SUMS over every file."""
    files = sorted(path for path in release.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(release)}\n" for path in files
    ]
    (release / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
