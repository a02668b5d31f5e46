"""Counts: right, the same for chunked tables, and nothing asked of columns that a tier lacks."""

import json

import numpy as np
import pyarrow as pa
import pytest

from builder.contracts import catalogue
from builder.release.documents.counting import counted
from builder.release.documents.counts.arrays import frequencies, gini, quantiles, share
from builder.release.documents.counts.people import commenters
from builder.release.documents.counts.shape import links
from builder.release.documents.counts.splits import splits, withdrawals
from tests.unit.release.documents.example import TIERS, at_tier, empty_tables, example_tables


def test_quantiles_are_values_that_occur() -> None:
    """Quantiles are whole numbers among those counted, and nothing has none."""
    assert quantiles(np.array([4, 1, 2, 3])) == {
        "least": 1,
        "quarter": 1,
        "half": 2,
        "three_quarters": 3,
        "most": 4,
    }
    assert quantiles(np.array([], np.int64)) == {}


@pytest.mark.parametrize(("numbers", "expected"), [([5, 5, 5], 0.0), ([0, 0, 0, 4], 0.75), ([1, 3], 0.25)])
def test_gini_tells_how_unequal(numbers: list[int], expected: float) -> None:
    """The Gini coefficient is 0 for equals and near 1 where one has all."""
    assert gini(np.array(numbers)) == expected
    assert gini(np.array([], np.int64)) is None
    assert share(1, 0) is None


def test_null_is_counted_by_name() -> None:
    """Values are counted by their words, and null among them."""
    assert frequencies(pa.chunked_array([["b", None], ["a", "b"]])) == {"a": 1, "b": 2, "not given": 1}


def test_a_broken_link_is_counted() -> None:
    """A reference that leads nowhere is told from one that leads somewhere, and null is neither."""
    schemas = {"comments": {"properties": {"author_id": {"x-references": "authors.author_id"}}}}
    tables = {
        "comments": pa.table({"author_id": ["u1", "u2", None, "u9"]}),
        "authors": pa.table({"author_id": ["u1", "u2"]}),
    }
    assert links(tables, schemas) == [
        {"from": "comments.author_id", "to": "authors.author_id", "rows": 3, "broken": 1}
    ]
    assert links({"comments": tables["comments"]}, schemas) == []


def test_authors_are_counted_from_comments() -> None:
    """Named and lost comments add up, and shares are of authors and of named comments."""
    found = commenters({"comments": pa.table({"author_id": ["u1", "u1", "u1", "u2", None]})})
    assert (found["authors"], found["named"], found["lost"]) == (2, 4, 1)
    assert (found["share_with_one_comment"], found["share_of_top_percent"]) == (0.5, 0.75)


def test_a_tombstone_has_not_lost_its_author() -> None:
    """A withdrawn comment is counted as withdrawn, not as one whose author the capture lost."""
    ways = {"author_id": ["u1", None, None], "attribution": ["named", "lost", "withdrawn"]}
    found = commenters({"comments": pa.table(ways)})
    assert (found["named"], found["lost"], found["withdrawn"]) == (1, 1, 1)


def test_a_leak_between_splits_is_counted() -> None:
    """An article whose comments stand in two splits is torn, a cluster in two splits too."""
    rows = [
        ("comment", "c1", "train", "k1", None),
        ("comment", "c2", "test", "k2", None),
        ("comment", "c3", "test", "k1", None),
        ("article", "a2", "test", "k3", None),
        ("comment", "c4", None, "k4", "bridge"),
    ]
    names = ("unit_type", "unit_id", "split", "cluster", "reason")
    table = pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows])
    comments = pa.table({"comment_id": ["c1", "c2", "c3", "c4"], "article_id": ["a1", "a1", "a2", "a2"]})
    found = splits({"splits": table, "comments": comments})
    assert (found["torn_articles"], found["torn_clusters"]) == (1, 1)
    assert found["reasons"] == {"bridge": 1}
    assert {"unit_type": "comment", "split": "test", "rows": 2} in found["units"]


def test_withdrawals_are_counted_by_reason() -> None:
    """What was withdrawn is told by kind and reason, never by name."""
    table = pa.table(
        {"unit_type": ["comment", "comment"], "unit_id": ["c1", "c2"], "reason_class": ["wish", "wish"]}
    )
    assert withdrawals({"withdrawn": table}) == [{"unit_type": "comment", "reason_class": "wish", "rows": 2}]


@pytest.mark.parametrize("tier", TIERS)
def test_every_tier_can_be_counted(tier: str) -> None:
    """Columns that a tier lacks are passed over, and the counts are plain JSON."""
    found = counted(*at_tier(example_tables(), tier))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["tables"]["comments"]["rows"] == 3
    assert bool(found["text_lengths"]) == (tier != "open")


def test_chunks_do_not_matter() -> None:
    """A table in many chunks has the counts of the same table in one."""
    whole, schemas = at_tier(example_tables(), "research")
    pieces = {
        name: pa.concat_tables([table.slice(i, 1) for i in range(len(table))])
        for name, table in whole.items()
    }
    assert counted(pieces, schemas) == counted(whole, schemas)


def test_nothing_can_be_counted() -> None:
    """Tables without a row have counts too."""
    schemas = {name: catalogue.schema(name) for name in catalogue.TABLES}
    found = counted(empty_tables(), schemas)
    assert {shape["rows"] for shape in found["tables"].values()} == {0}
