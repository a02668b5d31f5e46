"""What was withdrawn leaves the server: tasks about it are deleted, tasks that show it beside are changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.annotate.archive.redaction import Redactor
from builder.annotate.server.connection import Server
from builder.annotate.server.projects import projects_of
from builder.annotate.transfer.push import Body, Tell, listed
from builder.core.errors import ServerError

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken off a server: tasks that were deleted with all answers to them, and tasks that were changed."""

    deleted: int
    changed: int


@dataclass(frozen=True, slots=True)
class _Showing:
    """Tasks of a project that show what was withdrawn: the numbers of those about it, new data of the others."""

    project: int
    about: Sequence[int]
    beside: Sequence[tuple[int, Body]]


def tasks_showing(server: Server, dataset: str, redactor: Redactor) -> Taken:
    """How many tasks of a dataset would be deleted and changed; nothing is."""
    found = list(_showing(server, dataset, redactor))
    return Taken(sum(len(one.about) for one in found), sum(len(one.beside) for one in found))


def take_off(server: Server, dataset: str, redactor: Redactor, tell: Tell | None = None) -> Taken:
    """Delete the tasks about what was withdrawn, and take it out of those that show it beside.

    The latter keep their answers, which are about another text. Done again, nothing is left to do. Raises
    ``ServerError`` where the server fails, or tasks about it are there all the same.
    """
    deleted = changed = 0
    for one in _showing(server, dataset, redactor):
        for number, data in one.beside:
            server.patch(f"api/tasks/{number}/", {"data": data})
            changed += 1
            if tell:
                tell(1)
        for start in range(0, len(one.about), _CHUNK):
            chosen = {"all": False, "included": list(one.about[start : start + _CHUNK])}
            server.post("api/dm/actions", {"selectedItems": chosen}, project=one.project, id="delete_tasks")
        deleted += len(one.about)
    _check(server, dataset, redactor)
    return Taken(deleted, changed)


def _check(server: Server, dataset: str, redactor: Redactor) -> None:
    left = tasks_showing(server, dataset, redactor)
    if left != Taken(0, 0):
        raise ServerError(
            f"{left.deleted + left.changed} tasks on {server.url} still show what was withdrawn. Run the same command "
            "again; where that does not help, delete them in Label Studio."
        )


def _showing(server: Server, dataset: str, redactor: Redactor) -> Iterator[_Showing]:
    for project in projects_of(server, dataset):
        about, beside = list[int](), list[tuple[int, Body]]()
        for task in listed(server, project.id, "id,data"):
            data = task["data"]
            if redactor.is_target(data):
                about.append(task["id"])
            elif (new := redactor.data(data)) != data:
                beside.append((task["id"], new))
        yield _Showing(project.id, about, beside)
