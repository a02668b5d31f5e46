"""What every schema in the repository promises, beyond what the meta-schema can say."""

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from builder.contracts import authority, catalogue
from builder.core.issues import CODES

NAMES = (*catalogue.TABLES, *catalogue.RECORDS)


def test_every_schema_is_known(repository: Path) -> None:
    """The schemas in the folder are the tables and records of the catalogue, and the meta-schema."""
    files = {
        path.name.removesuffix(".schema.json") for path in (repository / "schemas").glob("*.schema.json")
    }
    assert files == {*NAMES, "meta"}


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_obeys_the_meta_schema(name: str) -> None:
    """Each schema uses only the vocabulary that the fast path can decide."""
    assert not [
        error.message for error in authority.errors_of(catalogue.schema("meta"), catalogue.schema(name))
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_named_as_its_file(name: str) -> None:
    """Title and identifier of each schema are its file's name."""
    schema = catalogue.schema(name)
    assert (schema["title"], schema["$id"]) == (name, f"urn:newsthreads:schema:{name}")


@pytest.mark.parametrize("name", catalogue.TABLES)
def test_a_table_requires_every_column(name: str) -> None:
    """A row has all columns: what is unknown is null, not missing."""
    schema = catalogue.schema(name)
    assert schema["required"] == list(schema["properties"])


@pytest.mark.parametrize("name", catalogue.TABLES)
def test_keys_and_order_are_columns_without_null(name: str) -> None:
    """Key and order of a table name columns that always have a value."""
    table = catalogue.table(name)
    assert not [column for column in (*table.key, *table.order) if table.column(column).nullable]


@pytest.mark.parametrize("name", NAMES)
def test_each_value_of_a_list_is_explained(name: str) -> None:
    """Every value of a closed list has its words, and no other has."""
    for column in catalogue.schema(name)["properties"].values():
        assert list(column.get("enum", [])) == list(column.get("x-values", {}))


@pytest.mark.parametrize("name", catalogue.TABLES)
def test_a_reference_leads_to_a_key(name: str) -> None:
    """A reference names the key of a table, and has that key's type and pattern."""
    for column in catalogue.table(name).columns:
        if column.references is not None:
            target, key = column.references
            aim = catalogue.table(target).column(key)
            assert catalogue.table(target).key == (key,)
            assert (aim.arrow, aim.pattern) == (column.arrow, column.pattern)


@pytest.mark.parametrize("name", NAMES)
def test_a_pattern_compiles_in_both_engines(name: str) -> None:
    """Every pattern is one that Python's engine and Arrow's both take."""
    for column in catalogue.table(name).columns:
        if column.pattern is not None:
            assert re.compile(column.pattern)
            assert pc.match_substring_regex(pa.array([""]), column.pattern) is not None


@pytest.mark.parametrize("name", NAMES)
def test_a_description_is_short(name: str) -> None:
    """A description is one or two sentences."""
    for column in catalogue.table(name).columns:
        assert len(re.findall(r"[.](?= [A-Z]|$)", column.description)) in {1, 2}, column.name


def test_the_codes_of_issues_are_those_of_core() -> None:
    """The schema's list of issue codes and their severities is the one that the code uses."""
    issues = catalogue.table("issues")
    assert set(issues.column("code").enum) == set(CODES)
    assert set(issues.column("severity").enum) == set(CODES.values())


def test_the_side_file_fills_columns_of_its_types() -> None:
    """What a side file says fits the column of articles that it fills."""
    fills = {"language": "lang"}
    articles = catalogue.table("articles")
    for entry in catalogue.table("capture_meta").columns:
        column = articles.column(fills.get(entry.name, entry.name))
        assert (entry.arrow, entry.pattern, entry.tier) == (column.arrow, column.pattern, column.tier)


def test_names_never_leave_the_house() -> None:
    """Columns that name a commenter are in no release."""
    named = {("comments", "author_name"), ("authors", "name"), ("authors", "name_key")}
    assert {catalogue.table(table).column(column).tier for table, column in named} == {"private"}


def test_a_schema_is_read_afresh() -> None:
    """A caller that changes a schema in its hands changes it for nobody else."""
    catalogue.schema("articles")["properties"].clear()
    assert json.dumps(catalogue.schema("articles")["properties"]) != "{}"
