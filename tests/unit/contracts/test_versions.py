"""The law of change: what a schema demands changes only together with its version."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from builder.contracts import catalogue

NAMES = ("meta", *catalogue.TABLES, *catalogue.RECORDS)


def demands(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without its words and its version."""
    columns = {name: column_demands(column) for name, column in schema["properties"].items()}
    rest = {key: value for key, value in schema.items() if key not in {"version", "description", "$comment"}}
    return {**rest, "properties": columns, "order of columns": list(columns)}


def column_demands(column: Any) -> Any:
    """A column without its words."""
    words = {"description", "$comment", "x-values"}
    return {key: value for key, value in column.items() if key not in words}


@pytest.mark.parametrize("name", NAMES)
def test_a_change_raises_the_version(name: str, repository: Path) -> None:
    """Each version of a schema demands today what it demanded when it was written down."""
    schema = catalogue.schema(name)
    digest = sha256(json.dumps(demands(schema), sort_keys=True).encode()).hexdigest()
    known = json.loads((repository / "tests/golden/schemas/versions.json").read_text(encoding="utf-8"))
    assert known[name].get(schema["version"]) == digest, (
        f"{name} demands something else than its version {schema['version']} did. Raise the version as "
        f'schemas/README.md says, and add to tests/golden/schemas/versions.json: "<version>": "{digest}"'
    )
