"""The versions of annotations and drafts that were pulled: whose they are, of which task, and what they say."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from hashlib import sha256
from sys import float_info
from typing import Generic, NamedTuple, TypeVar

from builder.annotate.annotators import Pseudonyms, address_of
from builder.annotate.archive.lines import json_of
from builder.annotate.merging.ground import Ground, Grounds
from builder.annotate.merging.histories import Histories
from builder.annotate.merging.plain import Interpreted
from builder.annotate.merging.results import Reason
from builder.annotate.merging.said import AnnotationRecord, Draft, DraftRecord, Work
from builder.annotate.merging.suggested import Suggested, suggested, writable
from builder.annotate.merging.verdicts import SAYS_NOTHING, verdict_on
from builder.annotate.tasks import POOL

_DELETED = {
    "task_deleted": "the task was deleted from the server",
    "annotation_deleted": "the annotation was deleted from the server",
}
_IMPORTED = Reason("imported", "/updated_by", "no user of the server saved it")
_NUMBER = int, float
_LARGEST = float_info.max
Found = TypeVar("Found")


class Told(NamedTuple):
    """Some versions by column, but for their times; and what each of them says, which becomes rows if it counts.

    In ``versions``, ``said`` is the time of saving in the server's own words; ``elsewhere`` stands for a task that
    is none of ours; ``annotator`` is an address; ``unit_id`` is that of today.
    """

    versions: Mapping[str, Sequence[object]]
    says: Sequence[Interpreted]
    suggestions: Sequence[tuple[Suggested, ...]]


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

    def drafts(self, lines: Sequence[Draft]) -> Told:
        """The versions that drafts are."""
        records = [line.record for line in lines]
        names = [
            f"{line.task_key}/{record.user}/{record.id}/{record.created_at}"
            for line, record in zip(lines, records, strict=True)
        ]
        users = [record.user for record in records]
        annotators = [address_of(user) if isinstance(user, str) and user else None for user in users]
        grounds = self._grounds(records)
        versions = {
            **self._about(names, records, grounds),
            "annotator": annotators,
            "verdict": ["draft"] * len(records),
            "origin": [ground.origin or "human" for ground in grounds],
            "edited_by_other": list(map(self._is_of_another, grounds, annotators)),
        }
        return Told(versions, [SAYS_NOTHING] * len(records), [()] * len(records))

    def annotations(self, records: Sequence[AnnotationRecord], timely: Sequence[bool]) -> Told:
        """The versions that annotations are; ``timely`` says of which the record names its points in time."""
        names = [one.unique_id or f"{one.id} {one.created_at}" for one in records]
        grounds = self._grounds(records)
        makers = [self._address[_number(one.completed_by)] for one in records]
        against = list(map(self._against, names, records, grounds, makers))
        # The server notes who saves an annotation, but for those that it imports.
        annotators = [
            None if one.updated_by is None else maker for one, maker in zip(records, makers, strict=True)
        ]
        judged = [
            verdict_on(one, ground, annotator, reason, timely=sound)
            for one, ground, annotator, reason, sound in zip(
                records, grounds, annotators, against, timely, strict=True
            )
        ]
        versions = {
            **self._about(names, records, grounds),
            "annotator": annotators,
            "verdict": [verdict for verdict, _ in judged],
            "origin": list(map(_origin, records, grounds)),
            "edited_by_other": list(map(self._is_by_other, records, grounds, annotators)),
        }
        suggestions = [_suggestions(one) if one.prediction else () for one in records]
        return Told(versions, [says for _, says in judged], suggestions)

    def _grounds(self, records: Sequence[AnnotationRecord | DraftRecord]) -> list[Ground]:
        return [self._ground[_number(one.task)] for one in records]

    def _against(
        self, name: str, record: AnnotationRecord, ground: Ground, maker: str | None
    ) -> Reason | None:
        """The reason why an annotation takes nobody's place."""
        if ground.withdrawn:
            return ground.withdrawn
        if self._gone and self._gone.last((*self._place, name)):
            of_task = self._gone.last((*self._place, record.task, ground.made_at))
            reason = "task_deleted" if of_task else "annotation_deleted"
            return Reason(reason, "", _DELETED[reason])
        return _IMPORTED if record.updated_by is None and maker is not None else None

    def _is_by_other(self, record: AnnotationRecord, ground: Ground, annotator: str | None) -> bool:
        """Whether an annotation was saved by somebody else, or its task was made for somebody else."""
        if annotator is None or record.updated_by == record.completed_by:
            return self._is_of_another(ground, annotator)
        saver = self._address[_number(record.updated_by)]
        return saver not in (None, annotator) or self._is_of_another(ground, annotator)

    def _is_of_another(self, ground: Ground, annotator: str | None) -> bool:
        if ground.assignee == POOL or annotator is None:
            return False
        return ground.assignee != self._pseudonym(annotator)

    def _about(
        self,
        names: Sequence[str],
        records: Sequence[AnnotationRecord | DraftRecord],
        grounds: Sequence[Ground],
    ) -> dict[str, list[str] | list[str | None] | list[float | None]]:
        """Which versions they are, of which tasks, and how long they took."""
        server, project = self._place
        return {
            "annotation_id": [_id(f"{server}/{project}/{name}") for name in names],
            "said": [writable(str(one.updated_at)) for one in records],
            "task_key": [ground.task_key for ground in grounds],
            "elsewhere": [
                None if ground.task_key else repr((server, project, one.task, ground.made_at))
                for one, ground in zip(records, grounds, strict=True)
            ],
            "unit_id": [ground.unit_id for ground in grounds],
            "lead_time_s": [_seconds(one.lead_time) for one in records],
        }


def _id(whole: str) -> str:
    return "n" + sha256(whole.encode(errors="surrogatepass")).hexdigest()[:20]


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
