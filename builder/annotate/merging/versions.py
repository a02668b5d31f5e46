"""The versions of annotations and drafts that were pulled: whose they are, of which task, and what they say."""

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from math import isfinite
from typing import Literal, NamedTuple

from msgspec import Raw

from builder.annotate.annotators import Pseudonyms, address_of
from builder.annotate.archive.lines import json_of
from builder.annotate.merging.ground import Ground, Grounds
from builder.annotate.merging.histories import Histories, TaskSeen
from builder.annotate.merging.interpret import Interpreted, interpret
from builder.annotate.merging.results import Reason
from builder.annotate.merging.said import Annotation, AnnotationRecord, Draft
from builder.annotate.merging.suggested import Suggested, suggested
from builder.annotate.tasks import POOL
from builder.contracts import instants

Verdict = Literal["draft", "skipped", "ruled_out", "rejected", "merged"]
"""What becomes of a version whose place no other takes; what is ruled out takes nobody's place either."""
_SAYS_NOTHING = Interpreted()
_DELETED = {
    "task_deleted": "the task was deleted from the server",
    "annotation_deleted": "the annotation was deleted from the server",
}
_IMPORTED = Reason("imported", "/updated_by", "no user of the server saved it")
_NOBODY = Reason("annotator_unknown", "/completed_by", "the archive knows no such user")
_NO_PREDICTION = (b"{}", b"null")


class Version(NamedTuple):
    """One version, but for its times.

    ``said`` is the time of saving in the server's own words; ``scope`` is the same for all that was made of one
    task; ``annotator`` is an address; ``unit_id`` is that of today.
    """

    annotation_id: str
    said: str
    scope: str
    task_key: str | None
    unit_id: str | None
    annotator: str | None
    verdict: Verdict
    origin: str
    lead_time_s: float | None
    edited_by_other: bool


class Told(NamedTuple):
    """A version, and what becomes rows of other tables if it counts."""

    version: Version
    says: Interpreted = _SAYS_NOTHING
    suggestions: tuple[Suggested, ...] = ()


class Teller:
    """Makes versions of lines."""

    def __init__(self, known: Histories, grounds: Grounds, people: Pseudonyms) -> None:
        self._known = known
        self._grounds = grounds
        self._pseudonym = cache(people.of)

    def draft(self, line: Draft) -> Told:
        """The version that a draft is."""
        record, user = line.record, line.record.user
        task, ground = self._task(line)
        annotator = address_of(user) if isinstance(user, str) and user else None
        name = f"{line.task_key}/{user}/{record.id}/{record.created_at}"
        origin, by_other = ground.origin or "human", self._is_of_another(ground, annotator)
        lead_time = _seconds(record.lead_time)
        return Told(
            Version(*_about(line, name, task, ground), annotator, "draft", origin, lead_time, by_other)
        )

    def annotation(self, line: Annotation, *, timely: bool) -> Told:
        """The version that an annotation is; ``timely`` says that its record names its points in time."""
        record = line.record
        key = record.unique_id or f"{record.id} {record.created_at}"
        task, ground = self._task(line)
        annotator = self._address(line, record.completed_by)
        # The server notes who saves an annotation, but for those that it imports.
        imported = record.updated_by is None and annotator is not None
        ruled_out = self._gone(line, key, task) or (_IMPORTED if imported else None)
        if imported:
            annotator = None
        verdict, says = (
            _judged(record, ground, annotator, timely=timely)
            if ruled_out is None
            else ("ruled_out", Interpreted(reasons=(ruled_out,)))
        )
        by_other = self._is_of_another(ground, annotator) or self._saved_by_another(line, annotator)
        origin, lead_time = _origin(record, ground), _seconds(record.lead_time)
        version = Version(*_about(line, key, task, ground), annotator, verdict, origin, lead_time, by_other)
        return Told(version, says, _suggestions(record) if verdict == "merged" else ())

    def _task(self, line: Annotation | Draft) -> tuple[TaskSeen | None, Ground]:
        number, task = line.record.task, None
        if isinstance(number, int):
            task = self._known.tasks.at((line.server, line.project, number), line.pulled_at)
        return task, self._grounds.of(task)

    def _address(self, line: Annotation, number: object) -> str | None:
        """The address of a user."""
        if not isinstance(number, int):
            return None
        # Somebody may get an account and answer while a pull is at work, and be known from the next one on.
        email = self._known.users.near((line.server, number), line.pulled_at)
        return address_of(email) if email else None

    def _gone(self, line: Annotation, key: str, task: TaskSeen | None) -> Reason | None:
        gone, place = self._known.gone, (line.server, line.project)
        if not gone.last((*place, key)):
            return None
        of_task = gone.last((*place, line.record.task, task.created_at if task else ""))
        reason = "task_deleted" if of_task else "annotation_deleted"
        return Reason(reason, "", _DELETED[reason])

    def _is_of_another(self, ground: Ground, annotator: str | None) -> bool:
        """Whether the task was made for somebody else."""
        assignee = ground.shown.assignee if ground.shown else POOL
        return assignee != POOL and annotator is not None and assignee != self._pseudonym(annotator)

    def _saved_by_another(self, line: Annotation, annotator: str | None) -> bool:
        record = line.record
        if annotator is None or record.updated_by == record.completed_by:
            return False
        return self._address(line, record.updated_by) not in (None, annotator)


def _about(
    line: Annotation | Draft, name: str, task: TaskSeen | None, ground: Ground
) -> tuple[str, str, str, str | None, str | None]:
    """The first entries of a version: which one it is, and of which task."""
    whole = f"{line.server}/{line.project}/{name}"
    said = str(line.record.updated_at)
    key = ground.shown.task_key if ground.shown else None
    made = task.created_at if task else ""
    return (
        "n" + sha256(whole.encode(errors="surrogatepass")).hexdigest()[:20],
        said if said.isascii() else said.encode(errors="backslashreplace").decode(),
        key or repr((line.server, line.project, line.record.task, made)),
        key,
        ground.place.unit_id if ground.place else None,
    )


def _judged(
    record: AnnotationRecord, ground: Ground, annotator: str | None, *, timely: bool
) -> tuple[Verdict, Interpreted]:
    """What a version says, or why that does not count."""
    if record.was_cancelled is True:
        return "skipped", _SAYS_NOTHING
    around = () if timely and record.was_cancelled is False else tuple(_form_faults(record))
    if ground.reasons or annotator is None:
        around += ground.reasons + (() if annotator else (_NOBODY,))
    says = interpret(record.result, ground.asked, ground.place.text if ground.place else None)
    if around or says.reasons:
        return "rejected", Interpreted(reasons=(*around, *says.reasons))
    return "merged", says


def _form_faults(record: AnnotationRecord) -> Iterator[Reason]:
    """Where a record is not formed as the server forms records, but for its result."""
    for name, value in (("created_at", record.created_at), ("updated_at", record.updated_at)):
        if not isinstance(value, str) or instants.parse(value) is None:
            yield Reason("malformed", f"/{name}", "this is no point in time")
    if not isinstance(record.was_cancelled, bool):
        yield Reason("malformed", "/was_cancelled", "this is neither true nor false")


def _origin(record: AnnotationRecord, ground: Ground) -> str:
    if ground.origin:
        return ground.origin
    untouched = bool(record.parent_prediction) and not ground.prefilled and _untouched(record.result)
    return "suggestion" if untouched else "human"


def _untouched(result: Raw) -> bool:
    """Whether every mark is one that a model made, as it made it."""
    items = json_of(bytes(result))
    return (
        isinstance(items, list)
        and bool(items)
        and all(isinstance(item, dict) and item.get("origin") == "prediction" for item in items)
    )


def _suggestions(record: AnnotationRecord) -> tuple[Suggested, ...]:
    prediction = bytes(record.prediction)
    if prediction in _NO_PREDICTION:
        return ()
    return tuple(suggested(json_of(bytes(record.result)), json_of(prediction)))


def _seconds(value: object) -> float | None:
    sound = isinstance(value, int | float) and isfinite(value) and value >= 0
    return float(value) if sound else None  # type: ignore[arg-type] # sound: a number
