"""Lines of the archive, read as far as a merge looks at them."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Raw, Struct

from builder.annotate.archive.lines import Kind, line_of

CONTEXT: tuple[Kind, ...] = ("project", "user", "task", "deleted")
"""The kinds of line that are read before annotations are."""
WORK: tuple[Kind, ...] = ("annotation", "draft")
"""Those that versions are made of."""
_NOTHING = Raw(b"null")


class ProjectRecord(Struct, gc=False):
    """What is read of the record of a project. In this and the next ones an entry may be any JSON value."""

    id: Any
    created_at: Any
    label_config: Any


class UserRecord(Struct, gc=False):
    """What is read of that of a user."""

    id: Any
    email: Any


class Data(Struct, gc=False):
    """What is read of the data of a task: the text that it showed, and what proves it; none for what is no text."""

    task_key: str | None = None
    round: str | None = None
    config: str | None = None
    config_sha256: str | None = None
    assignee: str | None = None
    unit_type: str | None = None
    unit_id: str | None = None
    article_id: str | None = None
    text_sha256: str | None = None
    raw_sha256: str | None = None
    text: str | None = None


class TaskRecord(Struct, gc=False):
    """What is read of that of a task; ``data`` is none where it is no object."""

    id: Any
    created_at: Any
    updated_at: Any
    data: Data | None


class DeletedRecord(Struct, gc=False):
    """What is gone or back: a task by its number and the time it was made, an annotation by its unique id."""

    of: Any
    deleted: Any
    id: Any = None
    created_at: Any = None
    unique_id: Any = None


class AnnotationRecord(Struct, gc=False):
    """What is read of that of an annotation; ``result`` stays JSON until somebody asks."""

    id: Any
    task: Any
    created_at: Any
    updated_at: Any
    unique_id: Any = None
    completed_by: Any = None
    updated_by: Any = None
    was_cancelled: Any = None
    lead_time: Any = None
    parent_prediction: Any = None
    result: Raw = _NOTHING
    prediction: Any = None


class DraftRecord(Struct, gc=False):
    """What is read of that of a draft; ``user`` is an address."""

    id: Any
    task: Any
    user: Any
    created_at: Any
    updated_at: Any
    lead_time: Any = None


class _Line(Struct, gc=False, tag_field="kind", tag=str.lower, forbid_unknown_fields=True):
    """A line: the server's name, the project, the time of the pull, the key that the task carries if any."""

    server: str
    project: int | None
    pulled_at: str
    task_key: str | None


class Project(_Line, gc=False):
    """A project as it was at a pull."""

    record: ProjectRecord


class User(_Line, gc=False):
    """A user as it was at a pull."""

    record: UserRecord


class Task(_Line, gc=False):
    """A task as it was at a pull."""

    record: TaskRecord


class Deleted(_Line, gc=False):
    """Something that was gone or back at a pull."""

    record: DeletedRecord


class Annotation(_Line, gc=False):
    """A version of an annotation."""

    record: AnnotationRecord


class Draft(_Line, gc=False):
    """A version of a draft."""

    record: DraftRecord


Context = Project | User | Task | Deleted
Work = Annotation | Draft
Form = TypeVar("Form")
_CONTEXT: "msgspec.json.Decoder[Context]" = msgspec.json.Decoder(Context)
_WORK: "msgspec.json.Decoder[Work]" = msgspec.json.Decoder(Work)
_FORMS: Mapping[Kind, tuple[Callable[..., Any], type[Struct]]] = {
    "project": (Project, ProjectRecord),
    "user": (User, UserRecord),
    "task": (Task, TaskRecord),
    "deleted": (Deleted, DeletedRecord),
    "annotation": (Annotation, AnnotationRecord),
    "draft": (Draft, DraftRecord),
}


def context_in(text: bytes) -> Context:
    """A line of one of those kinds as it is stored, read; ``ValueError`` or ``TypeError`` says why it is none."""
    return _read(text, _CONTEXT, CONTEXT)


def work_in(text: bytes) -> Work:
    """The same of the other kinds."""
    return _read(text, _WORK, WORK)


def _read(text: bytes, quick: "msgspec.json.Decoder[Form]", kinds: tuple[Kind, ...]) -> Form:
    try:
        if not text.isascii():
            text.decode()  # what is kept raw is not looked at by the decoder
        return quick.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return cast("Form", _with_care(text, kinds))


def _with_care(text: bytes, kinds: tuple[Kind, ...]) -> Context | Work:
    """The same for what is no line, which raises, or for a line in which somebody wrote something odd."""
    kind, *around, record = line_of(text)
    if kind not in kinds:
        raise ValueError(f"a line of the kind {kind!r} has to begin with that")
    line, form = _FORMS[kind]
    kept = {name: _kept(name, record[name]) for name in form.__struct_fields__ if name in record}
    return cast("Context | Work", line(*around, form(**kept)))


def _kept(name: str, value: object) -> object:
    """An entry of a record as the quick way would have read it."""
    if name == "data":
        return _data(value) if isinstance(value, dict) else None
    if name == "result":
        return Raw(json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass"))
    return value


def _data(entries: Mapping[str, Any]) -> Data:
    names = Data.__struct_fields__
    return Data(**{each: entries[each] for each in names if isinstance(entries.get(each), str)})
