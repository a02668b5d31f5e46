"""What the archive has of a server already, so that a pull asks for and keeps only what is new."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from builder.annotate.archive.lines import Line

_PEOPLES_WORK = ("annotations", "drafts")
# What of a project says which tasks it holds and what annotators see; its counters change all the time.
_PROJECT = (
    "id",
    "title",
    "description",
    "label_config",
    "expert_instruction",
    "show_instruction",
    "show_skip_button",
    "enable_empty_annotation",
    "maximum_annotations",
    "model_version",
    "show_collab_predictions",
    "skip_queue",
    "sampling",
    "is_published",
    "created_by",
    "created_at",
)


@dataclass(slots=True)
class KnownTask:
    """A task: when it was made and last changed, a hash of what it shows, and whether it is on the server."""

    created_at: str
    updated_at: str
    digest: bytes
    task_key: str | None
    deleted: bool = False


@dataclass(slots=True)
class KnownAnnotation:
    """An annotation: its versions by time, the task it is on, and whether it is on the server."""

    versions: set[str]
    task: int
    task_key: str | None
    deleted: bool = False


@dataclass(slots=True)
class KnownProject:
    """A project: its record, its tasks by number, its annotations by unique id, the drafts seen."""

    record: Mapping[str, Any]
    tasks: dict[int, KnownTask] = field(default_factory=dict)
    annotations: dict[str, KnownAnnotation] = field(default_factory=dict)
    drafts: set[tuple[Any, ...]] = field(default_factory=set)


@dataclass(slots=True)
class Known:
    """All that is known of one server: projects by number, the addresses of users, the time of the last pull."""

    projects: dict[int, KnownProject] = field(default_factory=dict)
    users: dict[int, str] = field(default_factory=dict)
    last_pull: str = ""

    def add(self, line: Line) -> None:
        """Take a line in, later ones after earlier ones."""
        self.last_pull = max(self.last_pull, line.pulled_at)
        if line.kind == "user":
            self.users[line.record["id"]] = line.record["email"]
        elif line.kind == "project":
            self._add_project(line.record)
        else:
            add_to_project(self.projects[line.project or 0], line)

    def _add_project(self, record: Mapping[str, Any]) -> None:
        known = self.projects.get(record["id"])
        # A server that counts on SQLite gives the number of a deleted project to the next one.
        if known is None or known.record["created_at"] != record["created_at"]:
            self.projects[record["id"]] = KnownProject(record)
        else:
            known.record = record


def known_of(lines: Iterable[Line], server: str) -> Known:
    """What the lines of an archive, in their order, know of one server."""
    known = Known()
    for line in lines:
        if line.server == server:
            known.add(line)
    return known


def add_to_project(known: KnownProject, line: Line) -> None:
    """Take a line about a task, or about what people made of it, into what is known of its project."""
    record = line.record
    if line.kind == "task":
        known.tasks[record["id"]] = KnownTask(
            record["created_at"], record["updated_at"], task_digest(record), line.task_key
        )
    elif line.kind == "seen":
        known.tasks[record["id"]].updated_at = record["updated_at"]
    elif line.kind == "annotation":
        fresh = KnownAnnotation(set(), record["task"], line.task_key)
        one = known.annotations.setdefault(annotation_key(record), fresh)
        one.versions.add(record["updated_at"])
    elif line.kind == "draft":
        known.drafts.add(draft_key(record))
    else:
        _add_deleted(known, record)


def _add_deleted(known: KnownProject, record: Mapping[str, Any]) -> None:
    if record["of"] == "task":
        known.tasks[record["id"]].deleted = record["deleted"]
    else:
        one = known.annotations[record["unique_id"]]
        one.deleted, one.task = record["deleted"], record["task"]


def project_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a project."""
    return {name: record[name] for name in _PROJECT if name in record}


def task_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a task: all but what people made of it, which has lines of its own."""
    return {name: value for name, value in record.items() if name not in _PEOPLES_WORK}


def task_digest(record: Mapping[str, Any]) -> bytes:
    """A hash of what a task shows and carries."""
    shown = json.dumps([record["data"], record.get("meta")], sort_keys=True)
    return sha256(shown.encode()).digest()


def annotation_key(record: Mapping[str, Any]) -> str:
    """What an annotation is told by for life; numbers of deleted ones are given to new ones on SQLite."""
    key: str = record.get("unique_id") or f"{record['id']} {record['created_at']}"
    return key


def draft_key(record: Mapping[str, Any]) -> tuple[Any, ...]:
    """What tells one version of a draft from all others."""
    return tuple(record[name] for name in ("task", "user", "id", "created_at", "updated_at"))


def key_of(record: Mapping[str, Any]) -> str | None:
    """The key that a task's data carries; none where it carries none."""
    data = record["data"]
    key = data.get("task_key") if isinstance(data, dict) else None
    return key if isinstance(key, str) else None
