"""Projects on a server: found again by a mark in their description, made where they are missing."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from builder.annotate.questionnaire.config import xml_sha256
from builder.annotate.server.connection import Server
from builder.core.errors import ServerError

_MARK = "newsthreads: "
_MARKED = re.compile(rf"^{_MARK}(\{{.*\}})$", re.MULTILINE)
_PAGE = 200
_TITLE = 50  # characters that the server takes


@dataclass(frozen=True, slots=True)
class Marker:
    """What a project is for: which dataset, round, config (with the hash of its XML) and assignee."""

    dataset: str
    round: str
    config: str
    config_sha256: str
    assignee: str


@dataclass(frozen=True, slots=True)
class Project:
    """A project of ours on a server: its number there, its mark, title, XML, and how far it is.

    ``record`` is all that the server said of it.
    """

    id: int
    marker: Marker
    title: str
    label_config: str
    n_tasks: int
    record: Mapping[str, Any]

    @property
    def config_drifted(self) -> bool:
        """Whether the labelling config on the server is not the one that was pushed."""
        return xml_sha256(self.label_config) != self.marker.config_sha256


@dataclass(frozen=True, slots=True)
class NewProject:
    """A project to be made: its mark and title, what it asks, what annotators read first, answers wanted a task."""

    marker: Marker
    title: str
    label_config: str
    instructions: str
    overlap: int


def describe(marker: Marker) -> str:
    """The description of a project, with the mark that it is found by."""
    about = f"Round {marker.round} of {marker.dataset}. Made by the builder: leave the next line as it is."
    return f"{about}\n{_MARK}{json.dumps(asdict(marker))}"


def read_marker(description: str | None) -> Marker | None:
    """The mark in a description; none where there is none that can be read."""
    found = _MARKED.search((description or "").replace("\r\n", "\n"))
    try:
        return Marker(**json.loads(found[1])) if found else None
    except (ValueError, TypeError):
        return None


def projects_of(server: Server, dataset: str) -> Iterator[Project]:
    """All projects of a dataset on a server, in the order of their numbers."""
    found = [_project(record, marker) for record, marker in _marked(server, dataset)]
    yield from sorted(found, key=lambda project: project.id)


def find_project(server: Server, marker: Marker) -> Project | None:
    """The project for a round and an assignee; none where there is none.

    Raises ``ServerError`` where there is more than one, which two pushes at once can make.
    """
    found = [
        (record["id"], one)
        # Without what the server must count, which takes it a while where there are many tasks.
        for record, one in _marked(server, marker.dataset, include="id,description")
        if (one.round, one.assignee) == (marker.round, marker.assignee)
    ]
    if len(found) > 1:
        numbers = " and ".join(str(number) for number, _ in found)
        raise ServerError(
            f"Projects {numbers} on {server.url} are both for round {marker.round} and {marker.assignee}. "
            "Delete the one without answers in Label Studio, then push again."
        )
    for number, one in found:
        return _project(server.get(f"api/projects/{number}"), one)
    return None


def make_project(server: Server, new: NewProject) -> Project:
    """Make a project and say what the server made of it."""
    asked = {
        "title": _fitting(new.title),
        "description": describe(new.marker),
        "label_config": new.label_config,
        "maximum_annotations": new.overlap,
        "expert_instruction": new.instructions,
        "show_instruction": bool(new.instructions),
        "show_skip_button": True,
        "enable_empty_annotation": False,
    }
    made = server.post("api/projects/", asked)
    return _project({**made, "task_number": 0}, new.marker)


def label_stream(server: Server, project: Project) -> str:
    """The address that leads an annotator to the next task of a project."""
    return f"{server.url}projects/{project.id}/data?labeling=1"


def _project(record: Mapping[str, Any], marker: Marker) -> Project:
    return Project(
        record["id"], marker, record["title"], record["label_config"], record["task_number"], record
    )


def _marked(server: Server, dataset: str, **which: str) -> Iterator[tuple[Mapping[str, Any], Marker]]:
    page = 1
    while True:
        answer = server.get("api/projects/", page=page, page_size=_PAGE, **which)
        for record in answer["results"]:
            marker = read_marker(record.get("description"))
            if marker and marker.dataset == dataset:
                yield record, marker
        if not answer.get("next"):
            return
        page += 1


def _fitting(title: str) -> str:
    return title if len(title) <= _TITLE else title[: _TITLE - 1] + "…"
