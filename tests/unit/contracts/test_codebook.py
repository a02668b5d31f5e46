"""The codebook."""

import pytest

from builder.contracts import catalogue
from builder.contracts.codebook import codebook_markdown

NAMES = (*catalogue.TABLES, *catalogue.RECORDS)


@pytest.mark.parametrize("name", NAMES)
def test_every_column_is_in_it(name: str) -> None:
    """Each column of each table has its row, with its description."""
    chapter = codebook_markdown().split(f"\n## {name} ")[1].split("\n## ")[0]
    for column in catalogue.table(name).columns:
        assert f"\n| `{column.name}` | {column.arrow} | " in chapter
        assert column.description in chapter
        assert all(f"- `{value}`: {words}" in chapter for value, words in column.values.items())


def test_its_tables_are_tables() -> None:
    """Every row of a table has as many cells as its head, and no control character."""
    rows = [line for line in codebook_markdown().splitlines() if line.startswith("| ")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {7}
    assert not [character for character in codebook_markdown() if character < " " and character != "\n"]


def test_it_ends_in_one_line_end() -> None:
    """The codebook is a proper text file."""
    assert codebook_markdown().endswith("\n")
    assert not codebook_markdown().endswith("\n\n")
