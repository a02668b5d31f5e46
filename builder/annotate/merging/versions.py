"""The versions of annotations and drafts that were pulled: whose they are, of which task, and what they say."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from hashlib import sha256
from sys import float_info
from typing import Generic, Literal, NamedTuple, TypeVar

from builder.annotate.annotators import Pseudonyms, address_of
from builder.annotate.archive.lines import json_of
from builder.annotate.merging.ground import Ground, Grounds
from builder.annotate.merging.histories import Histories
from builder.annotate.merging.interpret import interpret
from builder.annotate.merging.plain import Interpreted
from builder.annotate.merging.results import Reason
from builder.annotate.merging.said import AnnotationRecord, Draft, DraftRecord, Work
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
_NUMBER = int | float
_LARGEST = float_info.max
Found = TypeVar("Found")


class Version(NamedTuple):
    """One version, but for its times.

    ``said`` is the time of saving in the server's own words; ``elsewhere`` stands for a task that is none of ours;
    ``annotator`` is an address; ``unit_id`` is that of today.
    """

    annotation_id: str
    said: str
    task_key: str | None
    elsewhere: str | None
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


class _Memo(dict[int | None, Found], Generic[Found]):
    """What a function finds for a number, or for none; each is looked for once."""

    def __init__(self, find: Callable[[int | None], Found]) -> None:
        self._find = find

    def __missing__(self, number: int | None) -> Found:
        found = self[number] = self._find(number)
        return found


class Pull:
    """Makes versions of lines that one pull brought of one project: ``like`` is any of them."""

    def __init__(self, like: Work, known: Histories, grounds: Grounds, people: Pseudonyms) -> None:
        self._place = like.server, like.project
        self._gone = known.gone
        self._pseudonym = cache(people.of)
        # Nothing here refers to the pull itself, so that it is gone with the batch it was made for.
        self._address = _Memo(partial(_address, known, like))
        self._ground = _Memo(partial(_ground, known, grounds, like))

    def draft(self, line: Draft) -> Told:
        """The version that a draft is."""
        record, user = line.record, line.record.user
        ground = self._ground[_number(record.task)]
        annotator = address_of(user) if isinstance(user, str) and user else None
        name = f"{line.task_key}/{user}/{record.id}/{record.created_at}"
        by_other = self._is_of_another(ground, annotator)
        return Told(
            Version(
                *self._about(name, record, ground),
                annotator,
                "draft",
                ground.origin or "human",
                _seconds(record.lead_time),
                by_other,
            )
        )

    def annotation(self, record: AnnotationRecord, *, timely: bool) -> Told:
        """The version that an annotation is; ``timely`` says that its record names its points in time."""
        key = record.unique_id or f"{record.id} {record.created_at}"
        ground = self._ground[_number(record.task)]
        annotator = self._address[_number(record.completed_by)]
        # The server notes who saves an annotation, but for those that it imports.
        imported = record.updated_by is None and annotator is not None
        if imported:
            annotator = None
        ruled_out = (
            ground.withdrawn or self._deleted(key, record, ground) or (_IMPORTED if imported else None)
        )
        verdict, says = (
            _ruled_out(ruled_out) if ruled_out else _judged(record, ground, annotator, timely=timely)
        )
        by_other = self._is_of_another(ground, annotator) or self._saved_by_another(record, annotator)
        version = Version(
            *self._about(key, record, ground),
            annotator,
            verdict,
            _origin(record, ground),
            _seconds(record.lead_time),
            by_other,
        )
        return Told(version, says, _suggestions(record) if record.prediction else ())

    def _deleted(self, key: str, record: AnnotationRecord, ground: Ground) -> Reason | None:
        if not self._gone.last((*self._place, key)):
            return None
        of_task = self._gone.last((*self._place, record.task, ground.made_at))
        reason = "task_deleted" if of_task else "annotation_deleted"
        return Reason(reason, "", _DELETED[reason])

    def _is_of_another(self, ground: Ground, annotator: str | None) -> bool:
        """Whether the task was made for somebody else."""
        if ground.assignee == POOL or annotator is None:
            return False
        return ground.assignee != self._pseudonym(annotator)

    def _saved_by_another(self, record: AnnotationRecord, annotator: str | None) -> bool:
        if record.updated_by == record.completed_by or annotator is None:
            return False
        return self._address[_number(record.updated_by)] not in (None, annotator)

    def _about(
        self, name: str, record: AnnotationRecord | DraftRecord, ground: Ground
    ) -> tuple[str, str, str | None, str | None, str | None]:
        """The first entries of a version: which one it is, and of which task."""
        server, project = self._place
        whole = f"{server}/{project}/{name}"
        said = str(record.updated_at)  # half a character in it could be stored nowhere
        return (
            "n" + sha256(whole.encode(errors="surrogatepass")).hexdigest()[:20],
            said if said.isascii() else said.encode(errors="backslashreplace").decode(),
            ground.task_key,
            None if ground.task_key else repr((server, project, record.task, ground.made_at)),
            ground.unit_id,
        )


def _ground(known: Histories, grounds: Grounds, like: Work, number: int | None) -> Ground:
    """The ground of the task of that number, as it was at the pull of a line."""
    place = like.server, like.project
    return grounds.of(None if number is None else known.tasks.at((*place, number), like.pulled_at))


def _address(known: Histories, like: Work, number: int | None) -> str | None:
    """The address of the user of that number."""
    if number is None:
        return None
    # Somebody may get an account and answer while a pull is at work, and be known from the next one on.
    email = known.users.near((like.server, number), like.pulled_at)
    return address_of(email) if email else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _ruled_out(reason: Reason) -> tuple[Verdict, Interpreted]:
    return "ruled_out", Interpreted(reasons=(reason,))


def _judged(
    record: AnnotationRecord, ground: Ground, annotator: str | None, *, timely: bool
) -> tuple[Verdict, Interpreted]:
    """What a version says, or why that does not count."""
    if record.was_cancelled is True:
        return "skipped", _SAYS_NOTHING
    says = interpret(record.result, ground.asked, ground.text)
    formed = timely and record.was_cancelled is False
    if formed and annotator and not ground.reasons and not says.reasons:
        return "merged", says
    around = (*_form_faults(record), *ground.reasons, *(() if annotator else (_NOBODY,)))
    return "rejected", Interpreted(reasons=(*around, *says.reasons))


def _form_faults(record: AnnotationRecord) -> Iterator[Reason]:
    """Where a record is not formed as the server forms records, but for its result."""
    for name, value in (("created_at", record.created_at), ("updated_at", record.updated_at)):
        if not isinstance(value, str) or instants.parse(value) is None:
            yield Reason("malformed", f"/{name}", "this is no point in time")
    if not isinstance(record.was_cancelled, bool):
        yield Reason("malformed", "/was_cancelled", "this is neither true nor false")


def _origin(record: AnnotationRecord, ground: Ground) -> str:
    if ground.origin or not record.parent_prediction or ground.prefilled:
        return ground.origin or "human"
    return "suggestion" if _untouched(json_of(bytes(record.result))) else "human"


def _untouched(result: object) -> bool:
    """Whether every mark is one that a model made, as it made it."""
    items = result if isinstance(result, list) else []
    return bool(items) and all(
        isinstance(item, dict) and item.get("origin") == "prediction" for item in items
    )


def _suggestions(record: AnnotationRecord) -> tuple[Suggested, ...]:
    return tuple(suggested(json_of(bytes(record.result)), record.prediction))


def _seconds(value: object) -> float | None:
    return float(value) if isinstance(value, _NUMBER) and 0 <= value <= _LARGEST else None
