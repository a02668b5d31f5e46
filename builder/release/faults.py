"""What is wrong with a release, as faults that name the file, the check, and what was found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from builder.contracts.faults import EXAMPLES, Example, Fault

CURE = "What was released is never changed: fetch this version again from where it was published"


def fault(place: str, check: str, *messages: str, column: str = "", count: int = 0) -> Fault:
    """The fault of a file or table; each message is one example, ``count`` how many there are if more."""
    examples = tuple(Example(None, "", "", message) for message in messages[:EXAMPLES])
    return Fault(place, column, check, count or len(messages), examples, CURE)


def of_rows(place: tuple[str, str], check: str, keys: Sequence[str], message: str) -> Iterator[Fault]:
    """The fault of these rows, by their keys, of a table's column; none without rows."""
    if keys:
        examples = tuple(Example(None, key, "", message) for key in keys[:EXAMPLES])
        yield Fault(place[0], place[1], check, len(keys), examples, CURE)


def cured(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Faults that were worded for tables at home, with the cure of a release."""
    for one in faults:
        yield replace(one, cure=CURE)
