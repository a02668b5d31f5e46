"""The look at texts that leave."""

from builder.release.privacy.decide import Rule
from builder.release.privacy.edits import Edit, edited
from builder.release.privacy.reviewed import NOTHING, Reviewed
from builder.release.privacy.scan import scan
from builder.release.privacy.threads import thread_of

THREAD = thread_of(
    "a1", [(("comments", "text", 3), "Well, anna LIND knows."), (("comments", "text", 4), "A rose. ole")]
)
NAMES = [("anna", "lind"), ("rose",), ("ole",)]


def found(rule: Rule) -> list[tuple[bool, str]]:
    """What stands in the thread, with whether nobody may accept it."""
    return [(strict, one.name) for strict, one in scan(THREAD, {}, NAMES, rule)]


def test_names_that_stand_are_told() -> None:
    """Full names and short ones that nobody reviewed may not stand; ordinary words are listed."""
    rule = Rule(frozenset({"rose"}), NOTHING)
    assert found(rule) == [(True, "anna lind"), (False, "rose"), (True, "ole")]


def test_reviewed_words_may_stand() -> None:
    """A verdict keeps ordinary words and short names, never a full name."""
    reviewed = Reviewed({("rose", ""): "keep", ("ole", "a1"): "keep", ("anna lind", ""): "keep"})
    assert found(Rule(frozenset({"rose"}), reviewed)) == [(True, "anna lind")]


def test_what_was_put_in_is_not_looked_at() -> None:
    """A commenter who is called like a mask is no leak by the mask, and no name runs across one."""
    text = edited("call 030 1234567 now", [Edit(5, 16, "[PHONE]", "phone")])
    thread = thread_of("a1", [(("comments", "text", 0), "call 030 1234567 now")])
    assert not list(scan(thread, {0: text}, [("phone",), ("call", "now")], Rule(frozenset(), NOTHING)))


def test_a_leak_says_where_it_is() -> None:
    """It names the thread, the column, the row and the words around."""
    (_, one), *_ = scan(THREAD, {}, NAMES[:1], Rule(frozenset(), NOTHING))
    assert str(one) == "a1, comments.text, row 3: 'anna lind' in 'well anna lind knows'"
