"""Which version of which annotation counts: each ends in exactly one status."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from builder.annotate.merging.interpret import Interpreted
from builder.annotate.merging.results import Reason
from builder.annotate.merging.versions import Version

_BY_TIME = attrgetter("order")
_DELETED = {
    "task_deleted": "the task was deleted from the server",
    "annotation_deleted": "the annotation was deleted from the server",
}


def settle(versions: Sequence[Version]) -> None:
    """Give each version its number and its status, by the first of these rules that applies.

    A draft is a draft. An older version of an annotation is superseded. The last version is rejected if its
    unit was withdrawn, or if it was deleted or imported. Of one person's annotations of one task, all but the
    last are superseded. The last one is skipped, or rejected for reasons, or merged.
    """
    last = []
    for same in _grouped(versions, attrgetter("annotation_id")):
        for number, one in enumerate(same, 1):
            one.number = number
            one.status = "draft" if one.draft else "superseded"
        if not same[-1].draft:
            last.append(same[-1])
    standing = [one for one in last if not _ruled_out(one)]
    for same in _grouped(standing, _person_and_task):
        _count(same[-1])


def _grouped(versions: Iterable[Version], key: Callable[[Version], object]) -> Iterable[list[Version]]:
    groups: dict[object, list[Version]] = defaultdict(list)
    for one in versions:
        groups[key(one)].append(one)
    for same in groups.values():
        if len(same) > 1:
            same.sort(key=_BY_TIME)
    return groups.values()


def _person_and_task(one: Version) -> tuple[object, ...]:
    """The same for what one person did on one task; nobody knows whether two unknown people are one."""
    return (one.annotator or f"? {one.annotation_id}", one.scope)


def _ruled_out(one: Version) -> bool:
    """Reject a last version that does not count whatever it says; whether that was so."""
    if one.shown and one.shown.withdrawn:
        reason = Reason("withdrawn", "", f"{one.shown.unit_type} {one.shown.unit_id} was withdrawn")
    elif one.deleted:
        reason = Reason(one.deleted, "", _DELETED[one.deleted])
    elif one.imported:
        reason = Reason("imported", "/updated_by", "no user of the server saved it")
    else:
        return False
    one.status, one.interpreted = "rejected", Interpreted(reasons=(reason,))
    return True


def _count(one: Version) -> None:
    if one.skipped:
        one.status = "skipped"
    else:
        one.status = "rejected" if one.interpreted.reasons else "merged"
