"""What a release holds at each tier."""

import pyarrow as pa
import pytest

from builder.contracts import authority, catalogue
from builder.contracts.arrow import arrow_schema
from builder.release.tiers import SINCE, TIERS, at_tier, release_schema, release_schemas, released


@pytest.mark.parametrize("tier", TIERS)
def test_a_derived_schema_obeys_the_meta_schema(tier: str) -> None:
    """What a release declares is a schema as those of the repository are, with ``since_version`` last."""
    for name, schema in release_schemas(tier).items():
        assert not [error.message for error in authority.errors_of(catalogue.schema("meta"), schema)]
        assert catalogue.table_of(schema).names[-1] == SINCE
        assert schema["required"] == list(schema["properties"]), name


@pytest.mark.parametrize("tier", TIERS)
def test_no_column_is_wider_than_its_tier(tier: str) -> None:
    """A release has no column of a narrower tier than its own."""
    for schema in release_schemas(tier).values():
        tiers = {column.tier for column in catalogue.table_of(schema).columns}
        assert tiers <= set(TIERS[: TIERS.index(tier) + 1])


def test_the_open_tier_has_no_text() -> None:
    """No column of the open tier is what somebody wrote."""
    for name in ("articles", "comments", "spans", "answers"):
        columns = release_schema(name, "open")["properties"]
        assert not {"text", "headline", "caption", "text_sha256", "author_name"} & set(columns)


def test_an_author_is_a_pseudonym_outside_the_house() -> None:
    """The plain id of an author is refused by the schemas of the tiers that leave the house."""
    patterns = [release_schema("comments", tier)["properties"]["author_id"]["pattern"] for tier in TIERS]
    assert patterns[0] == patterns[1] != patterns[2]


def test_a_table_without_a_key_stays_at_home() -> None:
    """Issues are named by their captures, which only the private tier may name."""
    assert [("issues" in released(tier)) for tier in TIERS] == [False, False, True]
    assert "changes" not in released("private")


def test_tables_are_narrowed() -> None:
    """A table keeps its rows and loses its columns; one that is not there comes without rows."""
    rows = {name: ["x"] if name == "author_id" else [None] for name in arrow_schema("authors").names}
    rows |= {"n_comments": [1], "n_articles": [1], "source": ["s"], "name": ["n"], "name_key": ["n"]}
    told = at_tier({"authors": pa.table(rows, schema=arrow_schema("authors"))}, "open")
    assert told["authors"].to_pylist() == [
        {"author_id": "x", "source": "s", "n_comments": 1, "n_articles": 1}
    ]
    assert told["splits"].num_rows == 0
    assert set(told) == set(released("open"))
