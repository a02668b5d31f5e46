"""Tables of older versions become today's by the law of change, or by a step, or are refused."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from builder.contracts import catalogue
from builder.contracts.arrow import STAMP, arrow_schema, schema_of
from builder.contracts.catalogue import Table, table_of
from builder.contracts.columns import check_columns
from builder.contracts.lifting import Step, lifted, version_of
from builder.core.errors import DataError


def of_version(name: str, version: str, rows: pa.Table) -> pa.Table:
    """A table with the stamp of another version."""
    return rows.replace_schema_metadata({STAMP: f"{name} {version}".encode()})


def today(table: str, version: str, columns: dict[str, Any]) -> Table:
    """The contract of a table with another version, with columns more (or, with None, without them)."""
    schema = catalogue.schema(table)
    properties = {**schema["properties"], **{key: value for key, value in columns.items() if value}}
    kept = {key: value for key, value in properties.items() if columns.get(key, value) is not None}
    return table_of({**schema, "version": version, "properties": kept})


NEW = {"description": "New.", "type": ["string", "null"], "x-arrow": "string", "x-tier": "open"}


def test_rejects_of_the_first_version_are_lifted() -> None:
    """The first real change, a reason more for a rejection, needs a stamp and nothing else."""
    row = {
        "annotation_id": "n" + "0" * 20,
        "version": 1,
        "ordinal": 0,
        "reason": "imported",
        "pointer": "",
        "detail": "x",
    }
    old = of_version("rejects", "1.0.0", pa.Table.from_pylist([row], schema=arrow_schema("rejects")))
    assert [fault.check for fault in check_columns(old, "rejects")] == ["version"]
    made = lifted(old, catalogue.table("rejects"), "1.0.0")
    assert check_columns(made, "rejects") == ()
    assert (version_of(made), made.to_pylist()) == (catalogue.table("rejects").version, [row])


def test_every_version_so_far_can_be_lifted(repository: Path) -> None:
    """For each version of each schema that was ever written down there is a way to today's."""
    known = json.loads((repository / "tests/golden/schemas/versions.json").read_text(encoding="utf-8"))
    for name in catalogue.TABLES:
        contract = catalogue.table(name)
        for version in known[name]:
            made = lifted(schema_of(contract).empty_table(), contract, version)
            assert version_of(made) == contract.version


def test_a_new_column_is_null() -> None:
    """A column that a second number added is there, in its place, with nothing in it."""
    old = pa.Table.from_pylist([], schema=arrow_schema("authors"))
    made = lifted(old, today("authors", "1.4.0", {"nickname": NEW}), "1.0.0")
    assert made.column_names == [*old.column_names, "nickname"]
    assert version_of(made) == "1.4.0"


def test_over_a_first_number_leads_a_step() -> None:
    """A step brings a table to the next first number, and the law of change from there on."""

    def shout(table: pa.Table) -> pa.Table:
        renamed = [name if name != "name" else "nickname" for name in table.column_names]
        return table.rename_columns(renamed).set_column(2, "nickname", pc.utf8_upper(table["name"]))

    row = {
        "author_id": "u" + "0" * 20,
        "source": "s",
        "name": "ann",
        "name_key": "ann",
        "n_comments": 1,
        "n_articles": 1,
    }
    old = pa.Table.from_pylist([row], schema=arrow_schema("authors"))
    schema = catalogue.schema("authors")
    names = {("nickname" if key == "name" else key): value for key, value in schema["properties"].items()}
    contract = table_of({**schema, "version": "2.1.0", "properties": names})
    made = lifted(old, contract, "1.0.0", {("authors", 1): Step("2.0.0", shout)})
    assert made["nickname"].to_pylist() == ["ANN"]
    with pytest.raises(DataError, match=r"Nothing leads from version 1\.0\.0"):
        lifted(old, contract, "1.0.0")


@pytest.mark.parametrize(
    ("version", "columns", "words"),
    [
        ("9.0.0", {}, "written by a newer builder"),
        ("1.9.0", {}, "written by a newer builder"),
        ("one", {}, "is no version"),
        ("1.0.0", {"name": None}, "has a column name"),
        ("1.0.0", {"more": {**NEW, "type": "string"}}, "has no column more"),
        (
            "1.0.0",
            {"name": {**NEW, "type": ["integer", "null"], "x-arrow": "int32"}},
            "other types",
        ),
    ],
)
def test_what_cannot_be_lifted_is_refused(version: str, columns: dict[str, Any], words: str) -> None:
    """A newer table, and one that breaks the law of change, is refused with what to do."""
    row = {
        "author_id": "u" + "0" * 20,
        "source": "s",
        "name": "ann",
        "name_key": "ann",
        "n_comments": 1,
        "n_articles": 1,
    }
    old = pa.Table.from_pylist([row], schema=arrow_schema("authors"))
    with pytest.raises(DataError, match=words):
        lifted(old, today("authors", "1.0.1", columns), version)
