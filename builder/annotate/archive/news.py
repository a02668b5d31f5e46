"""What of a project's tasks, as exported, the archive does not have yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.annotate.archive.known import (
    KnownProject,
    KnownTask,
    annotation_key,
    draft_key,
    key_of,
    task_digest,
    task_record,
)
from builder.annotate.archive.lines import Kind

Told = tuple[Kind, str | None, Mapping[str, Any]]
"""The kind, task key and record of a line to be."""


@dataclass(slots=True)
class Reading:
    """What a pull saw of a project: tasks there, with the times they were made; those read; annotations seen."""

    there: dict[int, str] = field(default_factory=dict)
    read: set[int] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)

    def add(self, task: Mapping[str, Any]) -> None:
        """Take an exported task in."""
        self.there[task["id"]] = task["created_at"]
        self.read.add(task["id"])
        self.seen.update(map(annotation_key, task["annotations"]))


def news_of_task(known: KnownProject, task: Mapping[str, Any]) -> Iterator[Told]:
    """What is new of an exported task: itself, versions of annotations, drafts."""
    key = key_of(task)
    yield from _news_of_itself(known.tasks.get(task["id"]), task, key)
    for annotation in task["annotations"]:
        one = known.annotations.get(annotation_key(annotation))
        if one is None or annotation["updated_at"] not in one.versions:
            yield "annotation", key, annotation
        if one is not None and (one.deleted or one.task != task["id"]):
            yield "deleted", key, gone_annotation(annotation_key(annotation), task["id"], gone=False)
    for draft in task["drafts"]:
        if draft_key(draft) not in known.drafts:
            yield "draft", key, draft


def _news_of_itself(old: KnownTask | None, task: Mapping[str, Any], key: str | None) -> Iterator[Told]:
    same = old is not None and old.created_at == task["created_at"]
    if old is not None and old.deleted == same:
        # A task of the same number took the place of a deleted one, or a deleted one is back.
        yield "deleted", old.task_key, gone_task(task["id"], old.created_at, gone=not same)
    if old is None or not same or old.digest != task_digest(task):
        yield "task", key, task_record(task)
    elif old.updated_at != task["updated_at"]:
        yield "seen", key, {name: task[name] for name in ("id", "created_at", "updated_at")}


def deletions(known: KnownProject, reading: Reading) -> Iterator[Told]:
    """What is gone from the server: tasks that are not there, annotations that are in no task they could be in."""
    for number, task in known.tasks.items():
        if not task.deleted and reading.there.get(number) != task.created_at:
            yield "deleted", task.task_key, gone_task(number, task.created_at, gone=True)
    for key, one in known.annotations.items():
        looked = one.task in reading.read or one.task not in reading.there
        if not one.deleted and looked and key not in reading.seen:
            yield "deleted", one.task_key, gone_annotation(key, one.task, gone=True)


def gone_task(number: int, created_at: str, *, gone: bool) -> Mapping[str, Any]:
    """The record of a task that is gone, or is back."""
    return {"of": "task", "id": number, "created_at": created_at, "deleted": gone}


def gone_annotation(key: str, task: int, *, gone: bool) -> Mapping[str, Any]:
    """The record of an annotation that is gone, or is back or was moved to another task."""
    return {"of": "annotation", "unique_id": key, "task": task, "deleted": gone}
