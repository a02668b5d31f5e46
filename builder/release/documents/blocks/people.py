"""The people whose words and names the tables hold."""

from collections.abc import Mapping
from typing import Any

from builder.release.documents.facts import Facts
from builder.release.documents.markdown import count, listed, percent, plain, table

_SEARCHABLE = "A verbatim text can be searched for on the web, so that its author may be found through it."


def commenters(facts: Facts) -> str:
    """How many authors there are, and how unequally they write."""
    found = facts.counted["commenters"]
    if not found or not found["authors"]:
        return "No author is named."
    return (
        f"{count(found['authors'], 'author')} of {count(found['named'], 'comment')}. "
        f"Share of authors with one comment: {percent(found['share_with_one_comment'])}; "
        f"share of comments by the busiest hundredth: {percent(found['share_of_top_percent'])}; "
        f"Gini coefficient of comments by author: {found['gini']:.2f}."
    )


def privacy(facts: Facts) -> str:
    """What stands in the place of names, and what can be found all the same."""
    done = facts.told.get("privacy")
    if not done:
        return "These tables name authors as the captures do and stay private; a release names none of them."
    if not facts.counted["text_lengths"]:
        return f"{_pseudonyms(done)}\n\nNo text travels with these tables."
    return "\n\n".join((_pseudonyms(done), _replaced(done), _masked(done.get("masked", {})), _SEARCHABLE))


def _pseudonyms(done: Mapping[str, Any]) -> str:
    key = plain(str(done.get("key_id", "unknown")))
    return (
        f"Authors stand as keyed pseudonyms (HMAC-SHA256, key `{key}`); the key stays with the publisher. "
        "Pseudonymised data are personal data still."
    )


def _replaced(done: Mapping[str, Any]) -> str:
    return (
        f"Names replaced inside texts: {done.get('names_replaced', 0):,}; accepted as harmless after a review: "
        f"{done.get('accepted', 0):,}. Names of places, and of people who are no author here, are not looked for."
    )


def _masked(kinds: Mapping[str, int]) -> str:
    found = [(kind, times) for kind, times in sorted(kinds.items())]
    return table(("masked in texts", "times"), found) if found else "Nothing had to be masked in texts."


def offensive(facts: Facts) -> str:
    """How many units carry a label that the settings call severe."""
    severe = facts.told.get("severe", {})
    rows = [row for row in facts.counted["labels"] if row["question"] == severe.get("question")]
    told = [
        (row["label_set"], row["units"], listed({v: row["values"].get(v, 0) for v in severe["values"]}))
        for row in rows
    ]
    head = ("label set", "units", "of these")
    return f"By their label `{severe['question']}`:\n\n{table(head, told)}" if told else ""
