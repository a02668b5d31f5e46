"""One stage of the line, as a person is told of it."""

from dataclasses import dataclass

MISSING, READY, STALE, LATER = "missing", "ready", "stale", "not yet"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its name, state (missing, ready, stale, not yet), where it is, what to know, what to do.

    ``changes`` are those of the facts that make it stale.
    """

    name: str
    state: str
    place: str
    facts: tuple[str, ...]
    todo: str
    changes: tuple[str, ...] = ()
