"""What may be wrong with the tables, and what a user should beware of."""

from collections.abc import Iterator

from builder.contracts import catalogue
from builder.release.documents.facts import Facts
from builder.release.documents.markdown import count, percent, plain, table

_FEW = 50
_FLOOR = 0.4
_MOST_OF_ALL = 0.8
_HALF = 0.5
_ELSEWHERE = "measured on other texts, not on these"
_MEASURED = {"language": "The language of a text", "near_duplicates": "Near-duplicates"}


def issues(facts: Facts) -> str:
    """What the builder noticed in the captures."""
    seen = facts.counted["issues"]
    found = facts.told.get("issues", {}) if seen is None else seen
    meanings = catalogue.table("issues").column("code").values
    rows = [(f"`{code}`", times, meanings.get(code, "")) for code, times in sorted(found.items())]
    cut = "The cutting of captures into comments is a guess with a probability (`parse_confidence`)."
    told = (
        "\n\n" + table(("what was noticed", "times", "meaning"), rows)
        if rows
        else " Nothing odd was noticed."
    )
    return f"{cut}{told}"


def duplicates(facts: Facts) -> str:
    """How many articles and comments are copies."""
    found = facts.counted["duplicates"]
    shares = (
        f"{count(copies, name[:-1])} ({_of(copies, facts.rows(name))})" for name, copies in found.items()
    )
    return f"Known to be a copy of another, by `duplicate_of`: {', '.join(shares)}." if found else ""


def _of(part: int, whole: int) -> str:
    return percent(part / whole if whole else None)


def error_rates(facts: Facts) -> str:
    """How often language and copies are told wrongly, as it was measured elsewhere."""
    measured = facts.told.get("error_rates", {})
    return "\n\n".join(
        f"{_MEASURED.get(what, plain(what))}, {_ELSEWHERE}:\n\n{table(tuple(found['head']), found['rows'])}"
        for what, found in sorted(measured.items())
    )


def addresses(facts: Facts) -> str:
    """Whether the tables lead to pages outside."""
    found = facts.counted["captures"].get("addresses")
    if found is None:
        return "The tables hold no addresses of articles; addresses inside texts are as the texts are."
    known = f"{count(found, 'article')} of {facts.rows('articles'):,} with an address (`url`)"
    return f"{known}, which is not needed to use the tables."


def splits(facts: Facts) -> str:
    """Sizes of the splits, how they were drawn, and whether one leaks into another."""
    found = facts.counted["splits"]
    if not found or not found["units"]:
        return "No splits come with these tables."
    rows = ((row["unit_type"], row["split"] or "none", row["rows"]) for row in found["units"])
    why = table(("why a unit is in none", "units"), found["reasons"].items()) if found["reasons"] else ""
    torn = (
        f"Articles with comments in more than one split: {found['torn_articles']:,}; clusters of near-duplicates: "
        f"{found['torn_clusters']:,}."
    )
    parts = (_rule(facts), table(("unit", "split", "units"), rows), why, torn)
    return "\n\n".join(part for part in parts if part)


def _rule(facts: Facts) -> str:
    rule = dict(facts.told.get("splits", {}))
    if not rule:
        return ""
    by, salt = plain(str(rule.pop("by", ""))), plain(str(rule.pop("salt", "")))
    shares = ", ".join(f"{plain(name)} {plain(str(value))}" for name, value in sorted(rule.items()))
    return f"Drawn by {by}{f', shuffled by the word `{salt}`' if salt else ''}; shares: {shares}."


def warnings(facts: Facts) -> str:
    """What the numbers themselves warn of."""
    found = [*_of_sources(facts), *_of_annotators(facts), *_of_labels(facts), *_of_agreement(facts)]
    return (
        "\n".join(f"- {each}" for each in found)
        if found
        else "The numbers alone give no reason for a warning."
    )


def _of_sources(facts: Facts) -> Iterator[str]:
    for row in facts.counted["sources"]:
        part = row["comments"] / max(facts.rows("comments"), 1)
        if part > _MOST_OF_ALL:
            yield f"{percent(part)} of the comments are from one source, {plain(row['source'])}."


def _of_annotators(facts: Facts) -> Iterator[str]:
    busiest = facts.counted["annotations"].get("share_of_busiest") or 0
    if busiest > _HALF:
        yield f"{percent(busiest)} of the annotations are by one annotator."


def _of_labels(facts: Facts) -> Iterator[str]:
    for row in facts.counted["labels"]:
        rare = [
            f"{plain(value) or 'none of them'} ({n:,})"
            for value, n in sorted(row["values"].items())
            if n < _FEW
        ]
        if rare:
            question = f"`{row['question']}` of label set `{row['label_set']}`"
            yield f"Fewer than {_FEW} units of a label, {question}: {', '.join(rare)}."
        if row["single"]:
            yield (
                f"{row['single']:,} of {count(row['units'], 'label')} of `{row['question']}` of label set "
                f"`{row['label_set']}` rest on one answer."
            )


def _of_agreement(facts: Facts) -> Iterator[str]:
    for row in facts.told.get("agreement", ()):
        if row.get("option") is None and row.get("alpha") is None:
            why = plain(str(row.get("undefined") or "too few answers"))
            yield f"Agreement on `{plain(row['question'])}` is not defined: {why}."
        low = row.get("alpha_low")
        if row.get("option") is None and low is not None and low < _FLOOR:
            yield f"Alpha of `{row['question']}` may be as low as {low:.2f}."
