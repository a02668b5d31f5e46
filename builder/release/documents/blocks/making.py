"""How the tables were made of captures."""

from builder.release.documents.facts import Facts
from builder.release.documents.markdown import count, listed, plain, table

_STEPS = (
    "Bytes are decoded, a byte-order mark is dropped, line ends are made LF and null characters U+FFFD; nothing else "
    "of the text is touched. Captures are cut into segments by a decoder with probabilities."
)


_INFERRED = (
    "What people wrote is read from raw text captures of web pages; where a comment begins and whose it is was "
    "inferred by the builder's parser, with a probability."
)


def captures(facts: Facts) -> str:
    """How many captures there are, and what tells whether they are the same ones."""
    told, found = facts.told.get("captures", {}), facts.counted["captures"]
    parts = [_INFERRED]
    if told:
        parts.append(
            f"{count(told['files'], 'capture')} of {told['bytes']:,} bytes in all; SHA-256 over their names and sizes: "
            f"`{told['sha256']}`."
        )
    if found:
        parts.append(
            f"Articles by encoding: {listed(found['encodings'])}; by layout: {listed(found['layouts'])}."
        )
    if "weights_sha256" in facts.told:
        parts.append(f"SHA-256 of the parser's weights: `{facts.told['weights_sha256']}`.")
    return " ".join(parts)


def dates(facts: Facts) -> str:
    """When articles and comments appeared, by what the captures tell."""
    found = facts.counted["dates"]
    spans = (f"{name} from {first} to {last}" for name, (first, last) in found.items())
    return f"By the dates that are told: {', '.join(spans)}." if found else "No dates are told."


def sources(facts: Facts) -> str:
    """Which sources the captures are of, in the settings' words."""
    said = facts.release.get("sources") or {}
    return "\n".join(
        f"- {plain(name)}: {plain(about) or 'not described'}" for name, about in sorted(said.items())
    )


def steps(facts: Facts) -> str:
    """What was done to the captures, step by step, with rows that went in and came out."""
    rows = [
        (one["step"], one.get("rows_in"), one.get("rows_out"), listed(one.get("dropped", {})) or "nothing")
        for one in facts.told.get("steps", ())
    ]
    return f"{_STEPS}\n\n{table(('step', 'rows in', 'rows out', 'dropped'), rows)}" if rows else _STEPS


def raw(facts: Facts) -> str:
    """Which captures the tables were made of, by content."""
    contents = facts.counted["captures"].get("contents")
    if contents is None:
        return ""
    return (
        f"`articles.raw_sha256` names the content of each raw capture: {count(contents, 'content')} in all."
    )


def builder(facts: Facts) -> str:
    """The software that made the tables."""
    version = facts.release.get("builder")
    return f"Yes: `newsthreads`{f' {version}' if version else ''}, under Apache-2.0."
