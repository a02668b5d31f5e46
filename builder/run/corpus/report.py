"""What a build has to tell."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from builder.core.issues import CODES, ERROR
from builder.core.places import Place
from builder.core.stopwatch import Times
from builder.tables.figures import Doubt, IdChanges, Noticed


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is."""

    captures: int
    of_captures: int
    bytes: int
    of_bytes: int
    issues: int


@dataclass(frozen=True, slots=True)
class Redone:
    """How much a build did, of what it would do without anything kept: shards and captures read, and parsed.

    ``written`` says whether the tables were written; if not, they were already what they should be.
    """

    shards: int
    shards_read: int = 0
    shards_parsed: int = 0
    captures_read: int = 0
    captures_parsed: int = 0
    written: bool = True


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built: where from and to, rows by table, issues by code, doubts, what became of the ids.

    ``ignored`` is the number of files below the raw folder that are no captures, ``passed_over`` the first of them,
    and ``at_top`` the number of captures right in it; ``noticed`` are the captures of each code; ``errors`` are
    capture and message of the first issues that are errors; ``ids`` is none where there were no tables before;
    ``copies`` are rows by table that are copies of others; ``languages`` says what determined languages, if anything
    did, and ``remark`` what to know of that; ``redone`` is what was not taken from what earlier builds had kept, and
    ``spent`` where the time went, by process.
    """

    raw: Place
    tables: Place
    captures: int
    bytes: int
    ignored: int
    passed_over: tuple[str, ...]
    at_top: int
    seconds: float
    rows: Mapping[str, int]
    comments_named: int
    comments_lost: int
    issues: Mapping[str, int]
    noticed: Mapping[str, Noticed]
    errors: tuple[tuple[str, str], ...]
    least_confident: tuple[Doubt, ...]
    ids: Mapping[str, IdChanges] | None
    copies: Mapping[str, int]
    languages: str
    remark: str
    redone: Redone
    spent: Mapping[str, Times] = field(default_factory=dict, compare=False)

    @property
    def n_errors(self) -> int:
        """How many issues are errors: something of a capture is not in the tables."""
        return sum(count for code, count in self.issues.items() if CODES[code] == ERROR)

    def as_json(self) -> dict[str, Any]:
        """The report as values that ``json.dumps`` takes; without ``spent``, which is a profile's matter."""
        errors = [{"capture": capture, "message": message} for capture, message in self.errors]
        paths = {"raw": str(self.raw), "tables": str(self.tables)}
        said = {**asdict(self), **paths, "errors": errors, "n_errors": self.n_errors}
        del said["spent"]
        return said
