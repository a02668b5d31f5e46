"""Authors: partial counts of names, summed in any order."""

from itertools import permutations

import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.core.ids import author_id, name_key
from builder.tables.authors import authors_of, sum_names


def part(*rows: tuple[str, str, int, int]) -> pa.Table:
    """Names of a shard: source, spelling, comments, articles."""
    found = [
        {
            "author_id": author_id(source, name_key(name)),
            "source": source,
            "name": name,
            "name_key": name_key(name),
            "n_comments": comments,
            "n_articles": articles,
        }
        for source, name, comments, articles in rows
    ]
    return pa.Table.from_pylist(found, arrow_schema("authors"))


PARTS = [
    part(("paper", "Ann", 2, 1), ("paper", "ANN", 3, 0), ("radio", "Ann", 1, 1)),
    part(("paper", "ann", 3, 2)),
    part(("paper", "Bob", 1, 1), ("paper", "Ann", 1, 1)),
    part(),
]


def test_an_author_has_the_most_frequent_spelling() -> None:
    """Spellings of one name are one author, under the one that signs most; of equals the first by code."""
    rows = {(row["source"], row["name_key"]): row for row in authors_of(sum_names(PARTS)).to_pylist()}
    assert set(rows) == {("paper", "ann"), ("radio", "ann"), ("paper", "bob")}
    ann = rows["paper", "ann"]
    assert (ann["name"], ann["n_comments"], ann["n_articles"]) == ("ANN", 9, 4)


def test_parts_may_come_in_any_order_and_groups() -> None:
    """However the parts are ordered or summed before, the authors are the same rows."""
    wanted = authors_of(sum_names(PARTS))
    for order in permutations(PARTS):
        assert authors_of(sum_names(order)).equals(wanted)
        assert authors_of(sum_names([sum_names(order[:2]), sum_names(order[2:])])).equals(wanted)


def test_no_names_are_no_authors() -> None:
    """Without a name there is a table without rows, of the right types."""
    assert authors_of(sum_names([])).schema.equals(arrow_schema("authors"))
