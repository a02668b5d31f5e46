"""A tiny dataset by hand, its facts, and its documents at any tier."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from builder.contracts import catalogue
from builder.contracts.arrow import arrow_schema, schema_of
from builder.release.documents.counting import counted
from builder.release.documents.facts import Facts, facts_of
from tests.unit.tables.corpus import Comment, Page, dataset

TIERS = ("open", "research", "private")
SAID = (("Ann", "Well done!"), ("Bob", "No."), ("Ann", "Oh."))
PAGE = Page("herald/one.txt", comments=tuple(Comment(name, [text]) for name, text in SAID))
RELEASE = {
    "name": "tiny",
    "title": "Tiny: two comments",
    "version": "1.2.0",
    "date": "2031-05-09",
    "tier": "research",
    "licence": "CC-BY-4.0",
    "contact": "us@tiny.example",
    "builder": "0.1.0",
    "documents": 1,
}


def example_tables() -> dict[str, pa.Table]:
    """One article with its comments, and a label set by hand."""
    corpus = dict(dataset([PAGE]).tables)
    labels = [label("first", "c" + "0" * 20, "rude"), label("first", "c" + "1" * 20, None)]
    del corpus["issues"]
    return {**corpus, "labels": pa.Table.from_pylist(labels, arrow_schema("labels"))}


def label(label_set: str, unit: str, hard: str | None) -> dict[str, Any]:
    """The row of a label."""
    how = {
        "mean": None,
        "n": 2,
        "entropy": 0.0,
        "tie": hard is None,
        "method": "majority",
        "adjudicated": False,
    }
    return {
        "label_set": label_set,
        "unit_type": "comment",
        "unit_id": unit,
        "question": "tone",
        "hard": hard,
        **how,
    }


def at_tier(
    tables: Mapping[str, pa.Table], tier: str
) -> tuple[dict[str, pa.Table], dict[str, dict[str, Any]]]:
    """The tables and schemas with the columns that a tier has."""
    schemas = {}
    for name in tables:
        schema = catalogue.schema(name)
        kept = {
            column: said
            for column, said in schema["properties"].items()
            if TIERS.index(said["x-tier"]) <= TIERS.index(tier)
        }
        schemas[name] = {**schema, "properties": kept, "required": list(kept)}
    narrow = {name: table.select(list(schemas[name]["properties"])) for name, table in tables.items()}
    return narrow, schemas


def example_facts(tier: str = "research", **more: Any) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The facts as one JSON value, and the schemas; ``more`` goes into the release."""
    tables, schemas = at_tier(example_tables(), tier)
    files = {
        name: {
            "path": f"data/{name}.parquet",
            "bytes": 9,
            "rows": len(table),
            "sha256": "a" * 64,
            "content_sha256": "b" * 64,
        }
        for name, table in tables.items()
    }
    release = {**RELEASE, "tier": tier, **more}
    return {
        "release": release,
        "files": files,
        "counted": counted(tables, schemas),
        "told": {},
        "answers": {},
    }, schemas


def known(**changed: Any) -> Facts:
    """The facts of the example, taken apart; ``changed`` replaces whole parts."""
    value, schemas = example_facts()
    return facts_of({**value, **changed}, schemas)


def empty_tables() -> dict[str, pa.Table]:
    """Every table of the catalogue without a row."""
    return {name: schema_of(catalogue.table(name)).empty_table() for name in catalogue.TABLES}
