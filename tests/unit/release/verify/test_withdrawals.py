"""What a release lists as withdrawn is gone from it, and nothing else is."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pytest

from builder.release.tiers import at_tier
from builder.release.verify.withdrawals import withdrawal_faults
from builder.release.withdrawal.ledger import Ledger, Withdrawal
from builder.release.withdrawal.without import without
from tests.unit.tables.corpus import Comment, Page, dataset

PAGE = Page("a/b.txt", "C", None, ("D.",), (Comment("Ann", ("Gone.",)), Comment("Bo", ("Here.",))))
TABLES = dataset([PAGE]).tables
GONE, HERE = sorted(TABLES["comments"].to_pylist(), key=lambda row: int(row["position"]))
LEDGER = Ledger((Withdrawal("comment", GONE["comment_id"], "error", "2031-04-05"),))
RELEASED = at_tier(without(TABLES, LEDGER), "private")


def places(tables: Mapping[str, pa.Table]) -> set[str]:
    """Where faults are found, all of this check."""
    faults = list(withdrawal_faults(tables))
    assert {one.check for one in faults} <= {"withdrawal"}
    return {one.place for one in faults}


def changed(comment_id: str, **values: Any) -> pa.Table:
    """The comments with other values in the row of one of them."""
    comments = RELEASED["comments"]
    rows = [row | values if row["comment_id"] == comment_id else row for row in comments.to_pylist()]
    return pa.Table.from_pylist(rows, comments.schema)


def listing(unit_type: str, unit_id: str) -> pa.Table:
    """The table of withdrawals with one more unit."""
    (row,) = RELEASED["withdrawn"].to_pylist()
    more = row | {"unit_type": unit_type, "unit_id": unit_id}
    return pa.Table.from_pylist([row, more], RELEASED["withdrawn"].schema)


def test_what_is_gone_is_gone() -> None:
    """A withdrawn comment whose tombstone is empty is no fault, and neither is a release without withdrawals."""
    assert places(RELEASED) == set()
    assert places(at_tier(without(TABLES, Ledger()), "private")) == set()


@pytest.mark.parametrize(
    ("unit_type", "unit_id", "place"),
    [
        ("comment", HERE["comment_id"], "comments.attribution"),
        ("author", HERE["author_id"], "authors.author_id"),
        ("article", HERE["article_id"], "articles.article_id"),
    ],
)
def test_what_is_listed_must_not_stand(unit_type: str, unit_id: str, place: str) -> None:
    """A unit that is listed as withdrawn and still stands is found."""
    assert places({**RELEASED, "withdrawn": listing(unit_type, unit_id)}) == {place}


def test_tombstones_are_empty_and_listed() -> None:
    """A tombstone with a text or without an entry is found, and so is a comment without text that is none."""
    assert places({**RELEASED, "comments": changed(GONE["comment_id"], text="Gone.")}) == {"comments.text"}
    assert places({**RELEASED, "withdrawn": RELEASED["withdrawn"].slice(1)}) == {"comments.attribution"}
    assert places({**RELEASED, "comments": changed(HERE["comment_id"], text=None)}) == {"comments.text"}


def test_nothing_is_about_what_is_gone() -> None:
    """A split of a withdrawn comment is found."""
    row = {"unit_type": "comment", "unit_id": GONE["comment_id"], "split": "train"}
    splits = pa.Table.from_pylist([row], RELEASED["splits"].schema)
    assert places({**RELEASED, "splits": splits}) == {"splits.unit_id"}
