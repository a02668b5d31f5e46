"""What a release leaves unsaid, for whoever cuts it."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.release.documents.datasheet import answered
from builder.release.documents.facts import Facts, facts_of
from builder.release.tiers import release_schemas


def remarks(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """What nobody has said of a dataset that is released, in whole sentences; nothing where all is said."""
    return tuple(_unsaid(facts_of(facts, release_schemas(facts["release"]["tier"]))))


def _unsaid(facts: Facts) -> Iterator[str]:
    by_whom = list(answered(facts).values())
    if None in by_whom:
        yield (
            f"{by_whom.count(None)} of {len(by_whom)} questions of the datasheet are not answered: builder datasheet "
            "lists them, answers.yaml takes the answers."
        )
    if not facts.release.get("creators"):
        yield (
            f"No creators are named, so it is cited as by '{facts.creators[0]}': creators = [\"...\"] in "
            "[tool.builder] of pyproject.toml."
        )
