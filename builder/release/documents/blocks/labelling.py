"""Labels and the annotations that they are made of."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.release.documents.facts import Facts
from builder.release.documents.markdown import code, count, listed, percent, plain, table

_MEASURES = (
    ("units", "n_units"),
    ("by two or more", "n_double"),
    ("annotators", "n_annotators"),
    ("raw agreement", "raw"),
    ("alpha", "alpha"),
    ("from", "alpha_low"),
    ("to", "alpha_high"),
    ("AC1", "ac1"),
    ("prevalence", "prevalence"),
    ("not defined because of", "undefined"),
)


def labels(facts: Facts) -> str:
    """How often each label holds, question by question."""
    if not facts.counted["labels"]:
        return "No labels come with these tables."
    head = ("label set", "unit", "question", "units", "ties", "settled by an adjudicator", "labels")
    return table(head, (_label_row(row) for row in facts.counted["labels"]))


def _label_row(row: Mapping[str, Any]) -> tuple[object, ...]:
    values = {value or "(none of them)": number for value, number in sorted(row["values"].items())}
    said = listed(values) or (f"{row['distinct']:,} different values" if row["distinct"] else "-")
    names = (row["label_set"], row["unit_type"], row["question"])
    return (*names, row["units"], row["ties"], row["adjudicated"], said)


def annotation(facts: Facts) -> str:
    """Who labelled how much, with which config, and what was rejected."""
    found = facts.counted["annotations"]
    if not found or not found["statuses"]:
        return "No annotations come with these tables."
    return "\n\n".join(part for part in _annotation_parts(facts, found) if part)


def _annotation_parts(facts: Facts, found: Mapping[str, Any]) -> Iterator[str]:
    days, people = facts.counted["annotation_days"], count(found["annotators"], "annotator")
    yield f"Labelled in Label Studio by {people}{f', {days[0]} to {days[-1]}' if days else ''}."
    yield f"Versions of annotations: {listed(found['statuses'])}."
    yield f"By origin: {listed(found['origins'])}."
    if found["rejections"]:
        yield f"Rejected: {listed(found['rejections'])}."
    spread, of_a_unit = found["of_an_annotator"], found["annotators_of_a_unit"]
    if spread:
        yield (
            f"An annotator has {spread['least']:,} to {spread['most']:,} that count, the busiest "
            f"{percent(found['share_of_busiest'])} of all. Annotators of a unit: "
            f"{', '.join(f'{units:,} with {n}' for n, units in sorted(of_a_unit.items(), key=_number))}."
        )
    rows = ((row["config"], row["config_sha256"], row["rows"]) for row in facts.counted["configs"])
    yield (
        table(("labelling config", "SHA-256 of its content", "tasks"), rows)
        if facts.counted["configs"]
        else ""
    )


def _number(item: tuple[str, int]) -> int:
    return int(item[0])


def label_sets(facts: Facts) -> str:
    """How each label set was made of the annotations."""
    made = facts.told.get("label_sets", {})
    rows = ((name, _how(how)) for name, how in sorted(made.items()))
    return table(("label set", "how it was made"), rows) if made else ""


def _how(how: Mapping[str, Any]) -> str:
    return "; ".join(f"{name}: {_words(value)}" for name, value in sorted(how.items()))


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_words(each)}" for name, each in sorted(value.items()))
    if isinstance(value, list | tuple):
        return ", ".join(_words(each) for each in value) or "all"
    return (
        {True: "yes", False: "no"}.get(value, plain(str(value)))
        if isinstance(value, bool)
        else plain(str(value))
    )


def agreement(facts: Facts) -> str:
    """How far annotators agree, every measure beside the others; what is not defined says why."""
    rows = facts.told.get("agreement", ())
    head = ("question", "option", *(name for name, _ in _MEASURES))
    told = ((row["question"], row.get("option"), *(row.get(key) for _, key in _MEASURES)) for row in rows)
    names = code(("raw agreement", "alpha", "AC1"))
    about = f"Agreement, with the 95 % interval of Krippendorff's alpha; read {names} together with the prevalence."
    return f"{about}\n\n{table(head, told)}" if rows else ""
