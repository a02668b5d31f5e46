"""The people whose words and names the tables hold."""

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
    parts = [
        f"Authors stand as keyed pseudonyms (HMAC-SHA256, key `{plain(str(done.get('key_id', 'unknown')))}`); the key stays "
        "with the publisher. Pseudonymised data are personal data still.",
        f"Names replaced inside texts: {done.get('names_replaced', 0):,}; accepted as harmless after a "
        f"review: {done.get('accepted', 0):,}. Place names, and names that no author has, are not looked for.",
        _masked(done.get("masked", {})),
        _SEARCHABLE if facts.counted["text_lengths"] else "No text travels with these tables.",
    ]
    return "\n\n".join(parts)


def _masked(kinds: dict[str, int]) -> str:
    found = [(kind, times) for kind, times in sorted(kinds.items())]
    return table(("masked in texts", "times"), found) if found else "Nothing had to be masked in texts."


def offensive(facts: Facts) -> str:
    """How many units carry a label that the settings call severe."""
    severe = facts.told.get("severe")
    rows = [row for row in facts.counted["labels"] if severe and row["question"] == severe["question"]]
    told = [
        (row["label_set"], row["units"], listed({v: row["values"].get(v, 0) for v in severe["values"]}))
        for row in rows
    ]
    return (
        f"By their label `{severe['question']}`:\n\n{table(('label set', 'units', 'of these'), told)}"
        if told
        else ""
    )
