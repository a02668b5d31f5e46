"""The page of a difference."""

import re

import pyarrow as pa

from builder.contracts.catalogue import table_of
from builder.release.diff import Side, diff
from builder.release.page import difference_page
from builder.release.tiers import release_schema

CONTRACT = table_of(release_schema("articles", "research"))


def article(headline: str) -> Side:
    """A version with one article of which only the headline is told."""
    row = {column.name: None for column in CONTRACT.columns} | {"article_id": "a1", "headline": headline}
    types = {"string": pa.string(), "int32": pa.int32(), "float32": pa.float32()}
    fields = [
        (column.name, types.get(column.arrow, pa.timestamp("us", "UTC"))) for column in CONTRACT.columns
    ]
    return Side({"articles": pa.Table.from_pylist([row], schema=pa.schema(fields))}, {"articles": CONTRACT})


def test_texts_are_escaped() -> None:
    """What people wrote cannot become part of the page."""
    old, new = "<script>alert(1)</script>", "</td><img src=x onerror=y>"
    page = difference_page(diff(article(old), article(new)), ("one <1>", "two"), "because & so")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "because &amp; so" in page


def test_the_page_needs_no_other() -> None:
    """The page loads nothing from anywhere."""
    page = difference_page(diff(article("a"), article("b")), ("one", "two"), "why")
    assert not re.findall(r"(?:src|href)=|url\(|@import", page)
    assert page.startswith("<!doctype html>")
