"""The versions of annotations and drafts that were pulled: whose they are, of which task, from when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from math import isfinite
from typing import Any, Literal

from builder.annotate.annotators import address_of
from builder.annotate.archive.known import annotation_key
from builder.annotate.archive.lines import Line
from builder.annotate.merging.histories import Histories, TaskSeen
from builder.annotate.merging.interpret import Interpreted
from builder.annotate.merging.places import Place
from builder.annotate.merging.results import Reason
from builder.annotate.merging.shown import Shown
from builder.annotate.merging.suggested import Suggested, suggested
from builder.annotate.tasks import POOL
from builder.contracts import instants
from builder.core.errors import DataError

_SAYS_NOTHING = Interpreted()
Status = Literal["merged", "rejected", "superseded", "draft", "skipped"]


@dataclass(slots=True)
class Version:
    """One version; ``status`` and ``number`` are known only when all versions are.

    ``shown`` is what the task proves to have shown, if anything; ``annotator`` and ``editor`` are addresses;
    ``said`` is the time of saving in the server's own words; ``scope`` is the same for all that was made of
    one task; ``place`` is the unit of today.
    """

    annotation_id: str
    task: TaskSeen | None
    shown: Shown | None
    annotator: str | None
    editor: str | None
    created_at: datetime
    updated_at: datetime
    pulled_at: datetime
    lead_time_s: float | None
    said: str
    draft: bool
    skipped: bool = False
    imported: bool = False
    suggested: bool = False
    suggestions: tuple[Suggested, ...] = ()
    deleted: str = ""
    scope: object = None
    place: Place | None = None
    interpreted: Interpreted = _SAYS_NOTHING
    status: Status = "draft"
    number: int = 0

    @property
    def order(self) -> tuple[datetime, datetime, str, str]:
        """What makes one version later than another, even of those that were saved at one moment."""
        return self.updated_at, self.created_at, self.said, self.annotation_id

    def edited_by_other(self, annotator_id: str | None) -> bool:
        """Whether somebody else saved it, or it answers a task that was made for somebody else."""
        assignee = self.shown.assignee if self.shown else POOL
        mine = assignee in (POOL, annotator_id) or annotator_id is None
        other = None not in (self.editor, self.annotator) and self.editor != self.annotator
        return other or not mine


def version_key(line: Line) -> tuple[object, ...]:
    """What tells a version from all others: it counts once, however often a line tells it."""
    record = line.record
    if line.kind == "draft":
        at = (line.task_key, record.get("user"), record.get("id"), record.get("created_at"))
        return (line.server, line.project, *map(str, at), str(record.get("updated_at")))
    return line.server, line.project, annotation_key(record), str(record.get("updated_at"))


def draft_version(line: Line, known: Histories) -> Version:
    """The version that a draft is."""
    record = line.record
    user = record.get("user")
    annotator = address_of(user) if isinstance(user, str) and user else None
    return _version(line, known, "/".join(map(str, version_key(line)[:-1])), annotator)


def annotation_version(line: Line, known: Histories) -> Version:
    """The version of an annotation, all but what its result says."""
    record = line.record
    key = annotation_key(record)
    one = _version(line, known, f"{line.server}/{line.project}/{key}", _user(line, known, "completed_by"))
    one.draft = False
    same = record.get("updated_by") == record.get("completed_by")
    one.editor = one.annotator if same else _user(line, known, "updated_by")
    one.skipped = record.get("was_cancelled") is True
    # The server notes who saves an annotation, but for those that it imports.
    one.imported = record.get("updated_by") is None and one.annotator is not None
    if one.imported:
        one.annotator = None
    one.suggested = bool(record.get("parent_prediction")) and _untouched(record.get("result"))
    one.suggestions = tuple(suggested(record))
    if known.gone.last((line.server, line.project, key)):
        made = one.task.created_at if one.task else ""
        of_task = known.gone.last((line.server, line.project, record.get("task"), made))
        one.deleted = "task_deleted" if of_task else "annotation_deleted"
    return one


def _version(line: Line, known: Histories, name: str, annotator: str | None) -> Version:
    record = line.record
    pulled = _pulled_at(line)
    created = _time(record.get("created_at")) or pulled
    number = (line.server, line.project, record.get("task"))
    task = known.tasks.at(number, line.pulled_at)  # type: ignore[arg-type] # another type is no key
    proven = task.shown if task else None
    return Version(
        annotation_id="n" + sha256(name.encode(errors="surrogatepass")).hexdigest()[:20],
        task=task,
        shown=proven if isinstance(proven, Shown) else None,
        annotator=annotator,
        editor=None,
        created_at=created,
        updated_at=_time(record.get("updated_at")) or created,
        pulled_at=pulled,
        lead_time_s=_seconds(record.get("lead_time")),
        said=str(record.get("updated_at")),
        draft=True,
        scope=proven.task_key if isinstance(proven, Shown) else (*number, task.created_at if task else ""),
    )


def _pulled_at(line: Line) -> datetime:
    at = _time(line.pulled_at)
    if at is None:
        raise DataError(f"The archive has a line that was pulled at no time: {line.pulled_at!r}.")
    return at


def _user(line: Line, known: Histories, name: str) -> str | None:
    """The address of the user that an entry of the record names."""
    number = line.record.get(name)
    if not isinstance(number, int):
        return None
    # Somebody may get an account and answer while a pull is at work, and be known from the next one on.
    email = known.users.near((line.server, number), line.pulled_at)
    return address_of(email) if email else None


def _time(value: object) -> datetime | None:
    return instants.parse(value) if isinstance(value, str) else None


def _seconds(value: object) -> float | None:
    sound = isinstance(value, int | float) and isfinite(value) and value >= 0
    return float(value) if sound else None  # type: ignore[arg-type] # sound: a number


def _untouched(result: object) -> bool:
    """Whether every mark is one that a model made, as it made it."""
    items = result if isinstance(result, list) else []
    return bool(items) and all(
        isinstance(item, dict) and item.get("origin") == "prediction" for item in items
    )


def form_faults(record: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Where the record of an annotation is not formed as the server forms records, but for its result."""
    timeless = [name for name in ("created_at", "updated_at") if _time(record.get(name)) is None]
    faults = [Reason("malformed", f"/{name}", "this is no point in time") for name in timeless]
    if not isinstance(record.get("was_cancelled"), bool):
        faults.append(Reason("malformed", "/was_cancelled", "this is neither true nor false"))
    return tuple(faults)
