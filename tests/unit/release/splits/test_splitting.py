"""Splits: threads and copies stay together, what had a split keeps it, and what would bridge gets none."""

from itertools import product

import pyarrow as pa
import pytest

from builder.contracts.columns import check_columns
from builder.release.splits import SplitRule, leaks, split
from tests.unit.release.splits.corpora import corpus, named, splits

RULE = SplitRule(0.5, 0.25, 0.25)
NAMES = [f"article {number}" for number in range(60)]


def of_article(table: pa.Table, name: str) -> tuple[str | None, str | None]:
    """Split and reason of an article."""
    return splits(table)[str(named("a", name))]


def in_different_splits() -> tuple[str, str]:
    """Two articles that a hash puts into train and test."""
    alone = split(corpus([(name, None) for name in NAMES]), RULE)
    chosen = {of_article(alone, name)[0]: name for name in NAMES}
    return chosen["train"], chosen["test"]


def test_the_table_obeys_its_schema() -> None:
    """The rows are those of all articles and comments, sorted by their key, as the schema has them."""
    made = split(
        corpus([("x", None), ("y", "x")], [("1", "x", "Ann", None), ("2", "y", None, "1")]), SplitRule()
    )
    assert list(check_columns(made, "splits")) == []
    assert made["unit_type"].to_pylist() == ["article", "article", "comment", "comment"]
    assert made["unit_id"].to_pylist() == sorted(made["unit_id"].to_pylist())


def test_shares_may_be_nothing() -> None:
    """A split with a share of nothing stays empty."""
    made = split(corpus([(name, None) for name in NAMES]), SplitRule(0.0, 1.0, 0.0))
    assert set(made["split"].to_pylist()) == {"validation"}


def test_a_salt_shuffles_anew() -> None:
    """Another salt gives another split, the same salt the same."""
    tables = corpus([(name, None) for name in NAMES])
    plain, salted = (split(tables, SplitRule(0.5, 0.25, 0.25, salt=salt)) for salt in ("", "x"))
    assert plain != salted
    assert salted == split(tables, SplitRule(0.5, 0.25, 0.25, salt="x"))


def test_copies_of_an_article_go_with_the_first() -> None:
    """Copies are in the split of the article that they are copies of, and in its cluster."""
    one, other = in_different_splits()
    made = split(corpus([(one, None), (other, one)]), RULE)
    assert of_article(made, one) == of_article(made, other) == ("train", None)
    assert set(made["cluster"].to_pylist()) == {named("a", one)}


def test_a_comment_that_repeats_one_of_another_split_is_in_none() -> None:
    """It does not tie its article to the other; in the same split it stays."""
    one, other = in_different_splits()
    tables = corpus(
        [(one, None), (other, None)],
        [("first!", one, "Ann", None), ("again", one, "Bob", "first!"), ("there", other, "Cid", "first!")],
    )
    found = splits(split(tables, RULE))
    assert found[str(named("c", "again"))] == ("train", None)
    assert found[str(named("c", "there"))] == (None, "copy")
    assert found[str(named("a", other))] == ("test", None)


def test_an_article_that_would_bridge_two_splits_gets_none() -> None:
    """A new article of which articles of two splits are copies is in none with its comments; these keep theirs."""
    one, other = in_different_splits()
    before = split(corpus([(one, None), (other, None)]), RULE)
    grown = corpus([("new", None), (one, "new"), (other, "new")], [("1", "new", None, None)])
    made = split(grown, RULE, before)
    assert of_article(made, "new") == (None, "bridge")
    assert splits(made)[str(named("c", "1"))] == (None, "article")
    assert (of_article(made, one)[0], of_article(made, other)[0]) == ("train", "test")


def test_what_turns_out_to_be_a_copy_loses_its_split_and_gets_no_other() -> None:
    """Two articles of two splits that are found to be copies: the first keeps its split, the other has none."""
    one, other = in_different_splits()
    before = split(corpus([(one, None), (other, None)]), RULE)
    made = split(corpus([(one, None), (other, one)]), RULE, before)
    assert of_article(made, one) == ("train", None)
    assert of_article(made, other) == (None, "copy")


def test_by_author_no_author_is_in_two_splits() -> None:
    """Comments that are not where most of their author's are have no split; who lost the author stays."""
    one, other = in_different_splits()
    comments = [
        ("1", one, "Ann", None),
        ("2", one, "Ann", None),
        ("3", other, "Ann", None),
        ("4", other, None, None),
    ]
    tables = corpus([(one, None), (other, None)], comments)
    made = split(tables, SplitRule(0.5, 0.25, 0.25, "author"))
    found = splits(made)
    assert [found[str(named("c", name))] for name in "1234"] == [
        ("train", None), ("train", None), (None, "author"), ("test", None),
    ]  # fmt: skip
    assert leaks({**tables, "splits": made}) == ()


@pytest.mark.parametrize("kind", ["thread", "copy", "author"])
def test_each_leak_is_counted_with_examples(kind: str) -> None:
    """What ties units of two splits is told by its kind, pair by pair."""
    one, other = in_different_splits()
    author = "Ann" if kind == "author" else None
    comments = [("1", one, author, None), ("2", other, author, "1" if kind == "copy" else None)]
    tables = corpus([(one, None), (other, None)], comments)
    made = split(
        corpus([(one, None), (other, None)], [("1", one, None, None), ("2", other, None, None)]), RULE
    )
    if kind == "thread":
        rows = zip(made["unit_id"].to_pylist(), made["split"].to_pylist(), strict=True)
        moved = ["test" if unit == named("c", "1") else name for unit, name in rows]
        made = made.set_column(2, "split", pa.array(moved))
    (leak,) = leaks({**tables, "splits": made})
    assert (leak.kind, leak.pairs) == (kind, 1)
    assert set(leak.examples[0]) <= {named(*each) for each in product("ac", ("1", "2", one))}
    assert leak.as_json()["pairs"] == 1
