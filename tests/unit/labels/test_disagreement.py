"""When answers disagree so that somebody has to settle it."""

from collections import Counter

import pytest

from builder.labels.disagreement import RULES, Question, Rules, Said, broken, entropy, words

TONE = Question("tone", 4, severe=frozenset({"hate", "hostile"}))
TARGET = Question("target", 3, several=True)
ALL = Rules(RULES)


def said(*values: str) -> list[Said]:
    """One value of each annotator."""
    return [(value,) for value in values]


@pytest.mark.parametrize(
    ("votes", "rules"),
    [
        (said("rude"), ()),
        (said("rude", "rude"), ()),
        (said("civil", "rude"), ("tie", "missing-majority", "entropy")),
        (said("civil", "rude", "rude"), ()),
        (said("civil", "rude", "hate"), ("tie", "missing-majority", "entropy", "severe-split")),
        (said("rude", "rude", "civil", "hostile"), ("missing-majority", "entropy", "severe-split")),
        (said("rude", "rude", "rude", "hate"), ("severe-split",)),
        (said("hate", "hostile"), ("tie", "missing-majority", "entropy")),
    ],
    ids=lambda case: " ".join(one for (one,) in case) if case and isinstance(case[0], tuple) else "",
)
def test_rules_of_one_value(votes: list[Said], rules: tuple[str, ...]) -> None:
    """Ties, missing majorities, spread votes and severe answers that some gave and some did not are found."""
    assert broken(TONE, votes, ALL) == rules


@pytest.mark.parametrize(
    ("votes", "rules"),
    [
        ([("a",), ("a",)], ()),
        ([(), ()], ()),
        ([("a",), ()], ("tie", "missing-majority", "entropy")),
        ([("a", "b"), ("a",)], ("tie", "missing-majority", "entropy")),
        ([("a", "b"), ("a",), ("a",)], ("entropy",)),
        ([("a",), ("b",), ("c",)], ("missing-majority", "entropy")),
        ([("a",), ("b",), ()], ("entropy",)),
    ],
    ids=repr,
)
def test_rules_of_several_options(votes: list[Said], rules: tuple[str, ...]) -> None:
    """Each option is voted on by itself; that nothing comes of choices by all is a missing majority."""
    assert broken(TARGET, votes, ALL) == rules


def test_only_the_rules_that_were_asked_for_count() -> None:
    """A rule that nobody named makes no disagreement, and a higher entropy wants votes more spread."""
    votes = said("civil", "rude")
    assert broken(TONE, votes, Rules(("severe-split",))) == ()
    assert broken(TONE, votes, Rules(("entropy",), 0.6)) == ()
    assert broken(TONE, said("rude", "rude"), Rules(("entropy",), 0.0)) == ()


def test_entropy_is_between_nothing_and_one() -> None:
    """Votes all alike have the entropy 0, all values as often 1, whatever values a number may take."""
    assert entropy(Counter(a=3), 4) == 0
    assert entropy(Counter("abcd"), 4) == 1
    assert entropy(Counter(a=1, b=1), 4) == 0.5
    assert entropy(Counter("abc"), 0) == pytest.approx(1)


def test_reasons_are_told_by_question() -> None:
    """A person reads each question once, with its rules."""
    assert list(words([("tone", "tie"), ("tone", "entropy"), ("target", "tie")])) == [
        "tone (tie, entropy)",
        "target (tie)",
    ]
