"""The file in which people decide on names that are ordinary words."""

import pytest

from builder.core.errors import UsageError
from builder.release.privacy.reviewed import entry_for, reviewed_of


def test_a_verdict_holds_where_it_was_given() -> None:
    """An entry with an article is for that thread; one without is for all, and gives way to the other."""
    text = """
        [[match]]
        name = "Rose"
        verdict = "keep"
        reason = "the flower"
        [[match]]
        name = "ROSE"
        article = "a1"
        verdict = "replace"
        reason = "she is greeted"
    """
    reviewed = reviewed_of(text, "allow.toml")
    assert reviewed.verdict("rose", "a1") == "replace"
    assert reviewed.verdict("rose", "a2") == "keep"
    assert reviewed.verdict("hope", "a2") is None


def test_the_suggested_entry_wants_a_reason() -> None:
    """The lines that the builder prints are an entry, but for the reason that only a person can give."""
    with pytest.raises(UsageError, match="'rose' has no reason"):
        reviewed_of(entry_for("rose", "a1"), "allow.toml")
    done = entry_for("rose", "a1").replace('reason = ""', 'reason = "the flower"')
    assert reviewed_of(done, "allow.toml").verdict("rose", "a1") == "keep"


@pytest.mark.parametrize(
    "text",
    [
        "[[match",
        "match = 3",
        "match = [3]",
        '[[match]]\nname = "x"\nreason = "y"',
        '[[match]]\nname = "x"\nverdict = "maybe"\nreason = "y"',
        '[[match]]\nname = "x"\nverdict = "keep"\nreason = "y"\nwhy = "z"',
        '[[match]]\nname = 3\nverdict = "keep"\nreason = "y"',
    ],
)
def test_a_wrong_entry_is_named(text: str) -> None:
    """What is no entry is refused with its file."""
    with pytest.raises(UsageError, match=r"allow\.toml"):
        reviewed_of(text, "allow.toml")
