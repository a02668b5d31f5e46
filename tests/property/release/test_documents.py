"""Documents of any tables that the schemas allow: counted as JSON, and rendered again from what was written."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.contracts import catalogue
from builder.contracts.strategies import valid_tables
from builder.release.documents.counting import counted
from builder.release.documents.rendering import render
from tests.unit.release.documents.example import RELEASE

TABLES = ("articles", "comments", "authors", "labels", "annotations", "rejects", "issues", "tasks")
SOME = st.fixed_dictionaries({name: valid_tables(catalogue.table(name), 3) for name in TABLES})


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(SOME)
def test_documents_follow_from_what_is_written(tables: dict[str, Any]) -> None:
    """For any tables, rendering what stands in stats.json and schemas gives every document again, to the byte."""
    schemas = {name: catalogue.schema(name) for name in tables}
    files = {
        name: {
            "path": f"data/{name}.parquet",
            "bytes": 1,
            "rows": len(table),
            "sha256": "a" * 64,
            "content_sha256": "b" * 64,
        }
        for name, table in tables.items()
    }
    facts = {
        "release": RELEASE,
        "files": files,
        "counted": counted(tables, schemas),
        "told": {},
        "answers": {},
    }
    made = render(facts, schemas)
    assert render(json.loads(made["stats.json"]), schemas) == made
    datasheet = made["DATASHEET.md"].decode()
    assert datasheet.count("<!-- counted:") == datasheet.count("<!-- /counted -->")
