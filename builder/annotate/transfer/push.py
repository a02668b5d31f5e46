"""Tasks go to a project: only those that are missing, and none twice, whatever breaks in between."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.annotate.server.connection import Server
from builder.core.errors import ServerError, Unanswered

CHUNK = 5_000
"""Tasks of a request, which is one transaction: three seconds. A tenth of it takes half as long again for all."""
CHUNK_CHARACTERS = 20_000_000
_PAGE = 5_000
_TRIES = 5
_PATIENCE = 1.0  # seconds before the second try; twice as long before each later one

Body = Mapping[str, Any]
Tell = Callable[[int], None]
"""Is told how many tasks more are on the server."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: tasks that were there before, that were sent, and copies of tasks that were removed."""

    there: int
    sent: int
    removed: int


def push_tasks(server: Server, project: int, bodies: Mapping[str, Body], tell: Tell | None = None) -> Pushed:
    """Bring the tasks of these keys into a project, those that are missing there, in the order given.

    What is there is listed before anything is sent, and after each request that was not answered: the server
    may have done it all the same. Raises ``ServerError`` where the server keeps failing; then the same call
    again goes on from where this one ended.
    """
    first = None
    removed = 0
    for tried in range(_TRIES):
        try:
            there = keys_there(server, project)
            first = len(there.keys() & bodies.keys()) if first is None else first
            _send(server, project, [body for key, body in bodies.items() if key not in there], tell)
            removed += _remove_copies(server, project, len(there.keys() | bodies.keys()))
            return Pushed(first, len(bodies) - first, removed)
        except Unanswered:
            if tried == _TRIES - 1:
                raise
            time.sleep(_PATIENCE * 2**tried)
    raise AssertionError("unreachable")


def keys_there(server: Server, project: int) -> dict[str, list[int]]:
    """The keys of the tasks in a project, each with the numbers of the tasks that carry it, lowest first."""
    found: dict[str, list[int]] = defaultdict(list)
    for task in listed(server, project, "id,data"):
        key = task["data"].get("task_key")
        if key:
            found[key].append(task["id"])
    return {key: sorted(numbers) for key, numbers in found.items()}


def listed(server: Server, project: int, include: str, **which: str) -> Iterator[Mapping[str, Any]]:
    """All tasks of a project, or those of a ``query``, with the entries named."""
    page, seen, total = 1, 0, 1
    while seen < total:
        asked = {"project": project, "page": page, "page_size": _PAGE, "include": include, **which}
        answer = server.get("api/tasks", fields="task_only", **asked)
        yield from answer["tasks"]
        if not answer["tasks"]:
            return
        total, seen, page = answer["total"], seen + len(answer["tasks"]), page + 1


def chunks(bodies: Sequence[Body]) -> Iterator[list[Body]]:
    """Bodies in their order, so many at a time as one request should hold."""
    held: list[Body] = []
    size = 0
    for body in bodies:
        length = sum(len(value) for value in body["data"].values() if isinstance(value, str))
        if held and (len(held) == CHUNK or size + length > CHUNK_CHARACTERS):
            yield held
            held, size = [], 0
        held.append(body)
        size += length
    if held:
        yield held


def _send(server: Server, project: int, bodies: Sequence[Body], tell: Tell | None) -> None:
    for chunk in chunks(bodies):
        answer = server.post(f"api/projects/{project}/import", chunk, return_task_ids="true")
        if answer.get("task_count") != len(chunk):
            raise ServerError(
                f"{server.url} took {answer.get('task_count')} of {len(chunk)} tasks of project {project}. "
                "This server imports in another way than Label Studio Community 1.23; see its import page."
            )
        if tell:
            tell(len(chunk))


def _remove_copies(server: Server, project: int, wanted: int) -> int:
    """Take away tasks that are there twice: an earlier client may have died with a request under way.

    Copies that somebody answered stay: the merge joins what was answered under one key.
    """
    counted = server.get("api/projects/", ids=str(project), include="id,task_number")["results"]
    if [one["task_number"] for one in counted] == [wanted]:
        return 0
    answered = {
        task["id"] for task in listed(server, project, "id,total_annotations") if task["total_annotations"]
    }
    copies = [
        number
        for numbers in keys_there(server, project).values()
        for number in sorted(numbers, key=lambda one: (one not in answered, one))[1:]
        if number not in answered
    ]
    if copies:
        chosen = {"selectedItems": {"all": False, "included": copies}}
        server.post("api/dm/actions", chosen, project=project, id="delete_tasks")
    return len(copies)
