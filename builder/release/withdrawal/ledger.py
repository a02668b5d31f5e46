"""The ledger of withdrawals: which units leave, when and why, in lines that are only ever added; ids alone."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import Any

from builder.core.errors import DataError

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "person-asked": "Who wrote it asked for it.",
        "third-party": "Somebody whom it is about asked for it.",
        "court": "A court or an authority ordered it.",
        "takedown": "Who holds the rights, or the newspaper, asked for it.",
        "error": "It should never have been in the dataset.",
    }
)
"""The closed list of reasons, with their meanings."""

KINDS: Mapping[str, str] = MappingProxyType({"c": "comment", "a": "article", "u": "author"})
"""What is withdrawn, by the first letter of its id; an author of a release has a pseudonym and is one as well."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TYPES = ("comment", "article", "author")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A unit that was withdrawn, on which day (UTC), for which reason, and because of which unit (or itself)."""

    unit_type: str
    unit_id: str
    reason_class: str
    withdrawn_on: str
    because_of: str = ""


@dataclass(frozen=True, slots=True)
class Redaction:
    """A file of the archive that was rewritten: its hash before and after, how many lines changed, on which day."""

    file: str
    before: str
    after: str
    lines: int
    redacted_on: str


@dataclass(frozen=True, slots=True)
class Overwriting:
    """Where a column of a standing unit quotes what was withdrawn or names who wrote it, in code points.

    It is written down since nobody can find these places any more once the withdrawn text is nowhere. ``length`` is
    that of the text that they are places of; of another text they say nothing.
    """

    unit_id: str
    column: str
    length: int
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that was withdrawn, first things first, what was rewritten for it, and what releases overwrite."""

    withdrawals: tuple[Withdrawal, ...] = ()
    redactions: tuple[Redaction, ...] = ()
    overwritings: tuple[Overwriting, ...] = ()

    def ids(self, unit_type: str) -> frozenset[str]:
        """The ids of the units of a type (``comment``, ``article``, ``author``)."""
        return frozenset(one.unit_id for one in self.withdrawals if one.unit_type == unit_type)


Entry = Withdrawal | Redaction | Overwriting
_NAMES: Mapping[str, type[Entry]] = MappingProxyType(
    {"withdrawal": Withdrawal, "redaction": Redaction, "overwriting": Overwriting}
)


def as_line(entry: Entry) -> str:
    """An entry as a line of the ledger."""
    name = next(name for name, kind in _NAMES.items() if isinstance(entry, kind))
    return json.dumps({"kind": name, **asdict(entry)}) + "\n"


def ledger_of(text: str, file: str) -> Ledger:
    """The ledger in the text of a file; ``DataError`` with the line where one is not of this form."""
    entries = list(_entries(text.splitlines(), file))
    return Ledger(
        tuple(one for one in entries if isinstance(one, Withdrawal)),
        tuple(one for one in entries if isinstance(one, Redaction)),
        tuple(one for one in entries if isinstance(one, Overwriting)),
    )


def ledger_of_rows(rows: Iterable[Mapping[str, Any]]) -> Ledger:
    """The ledger that the rows of a table ``withdrawn`` come to."""
    names = ("unit_type", "unit_id", "reason_class", "withdrawn_on")
    return Ledger(tuple(Withdrawal(*(str(row[name]) for name in names)) for row in rows))


def _entries(lines: Iterable[str], file: str) -> Iterator[Entry]:
    for number, line in enumerate(lines, 1):
        try:
            yield _entry(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            raise DataError(
                f"{file}, line {number} is no entry of the ledger: {error}. Put back your copy of the file; what is "
                "missing in it would come back to the next release."
            ) from error


def _entry(value: Any) -> Entry:  # noqa: ANN401 - whatever the line holds
    if not isinstance(value, dict):
        raise TypeError("wanted is an object")
    values = dict(value)
    made = _NAMES[values.pop("kind")](**values)
    if isinstance(made, Withdrawal):
        _refuse_unknown(made)
    return _with_places(made) if isinstance(made, Overwriting) else made


def _with_places(one: Overwriting) -> Overwriting:
    """The entry with its places as they were before they were JSON."""
    places = tuple((int(start), int(end)) for start, end in one.places)
    if not all(0 <= start < end <= one.length for start, end in places):
        raise ValueError(f"{one.places!r} are no places in {one.length!r} characters")
    return replace(one, places=places)


def _refuse_unknown(one: Withdrawal) -> None:
    if one.unit_type not in _TYPES:
        raise ValueError(f"there is no unit_type {one.unit_type!r}")
    if one.reason_class not in REASONS:
        raise ValueError(f"there is no reason {one.reason_class!r}; there are: {', '.join(REASONS)}")
    if not _DAY.fullmatch(one.withdrawn_on):
        raise ValueError(f"{one.withdrawn_on!r} is no day")
