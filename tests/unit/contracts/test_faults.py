"""Faults as values, as words and as JSON."""

import json

from builder.contracts.faults import Example, Fault, merged, shortened


def fault(count: int, *keys: str, check: str = "count") -> Fault:
    """A fault in articles.n_comments with examples of these keys."""
    examples = tuple(Example(None, key, "1", "says 1, but there are 2") for key in keys)
    return Fault("articles", "n_comments", check, count, examples, "Build again")


def test_a_message_names_place_row_and_cure() -> None:
    """One line says where, which row, what is wrong, how many more and what to do."""
    said = fault(3, "article_id a1").message
    assert said == "articles.n_comments: article_id a1: says 1, but there are 2 (and 2 more). Build again"


def test_a_row_without_a_key_is_named_by_its_number() -> None:
    """An example without a key is placed by its row."""
    assert str(Example(7, "", "'x'", "bad")) == "row 7: bad"


def test_a_pointer_needs_no_dot() -> None:
    """The place in a record is its JSON pointer."""
    assert Fault("capture_meta", "/url", "pattern", 1, (), "").place == "capture_meta/url"
    assert Fault("capture_meta", "", "type", 1, (), "").place == "capture_meta"


def test_a_fault_becomes_json() -> None:
    """Everything that a fault knows survives as JSON, its message too."""
    said = json.loads(json.dumps(fault(2, "article_id a1").as_json()))
    assert (said["table"], said["count"], said["examples"][0]["key"]) == ("articles", 2, "article_id a1")
    assert said["message"].startswith("articles.n_comments: ")


def test_pieces_of_one_fault_become_one() -> None:
    """Faults that were found batch by batch are added up; other checks stay apart."""
    found = merged([fault(3, "a", "b", "c"), fault(1, "x", check="id"), fault(9, "d", "e", "f")])
    assert [(each.check, each.count) for each in found] == [("count", 12), ("id", 1)]
    assert [example.key for example in found[0].examples] == ["a", "b", "c", "d", "e"]


def test_a_long_value_is_shortened() -> None:
    """A value of any length is shown in 80 characters at most."""
    assert shortened("short") == "'short'"
    assert len(shortened("x" * 10_000_000)) == 80
    assert len(shortened(list(range(1000)))) == 80
