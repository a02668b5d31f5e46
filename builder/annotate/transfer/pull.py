"""What is new on a server is asked for, and told line by line; nothing there is changed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from builder.annotate.archive.known import Known, KnownProject, add_to_project, project_record
from builder.annotate.archive.lines import Kind, Line
from builder.annotate.archive.news import Reading, Told, deletions, news_of_task
from builder.annotate.server.connection import Server
from builder.annotate.server.projects import Project, projects_of
from builder.annotate.transfer.export import Task, export_all, export_some, times, with_drafts
from builder.contracts import instants

WHOLE = 10_000
"""A project that is new to the archive is exported in one piece up to this many tasks, which takes half as long."""

Keep = Callable[[Line], None]
Tell = Callable[[int, int, str], None]
"""Is told how many tasks were read, of how many, and of which project."""


@dataclass(frozen=True, slots=True)
class ProjectPull:
    """What was new in one project: versions of annotations and of drafts, what was deleted.

    ``tasks`` is the number of tasks there, ``unchanged`` how many of them had nothing new; ``config_drifted``
    says that the labelling config on the server is not the one that was pushed.
    """

    project: int
    title: str
    round: str
    assignee: str
    tasks: int
    annotations: int
    drafts: int
    deleted: int
    deleted_tasks: int
    unchanged: int
    config_drifted: bool


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull brought: the server's name, when, each project, titles of projects that are gone, lines kept."""

    server: str
    pulled_at: str
    projects: tuple[ProjectPull, ...]
    vanished: tuple[str, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class _Pull:
    """A pull at work: of which server, since when, and where lines go."""

    server: Server
    pulled_at: str
    keep: Keep
    tell: Tell | None

    def line(self, kind: Kind, project: int | None, key: str | None, record: Mapping[str, Any]) -> Line:
        """Make a line and hand it on."""
        made = Line(kind, self.server.name, project, self.pulled_at, key, record)
        self.keep(made)
        return made


def pull(server: Server, dataset: str, known: Known, keep: Keep, tell: Tell | None = None) -> PullReport:
    """Hand on a line for everything in a dataset's projects that is not known yet, and add it to ``known``.

    Raises ``ServerError`` where the server fails; what was handed on until then is no whole pull.
    """
    kept = 0

    def counted(line: Line) -> None:
        nonlocal kept
        kept += 1
        keep(line)

    work = _Pull(server, _now(known.last_pull), counted, tell)
    _pull_users(work, known)
    projects = tuple(projects_of(server, dataset))
    pulled = tuple(_pull_project(work, known, project) for project in projects)
    return PullReport(server.name, work.pulled_at, pulled, tuple(_vanished(known, projects)), kept)


def _now(last: str) -> str:
    """The time of this pull, after the last one whatever the clock says."""
    before = instants.parse(last)
    now = datetime.now(UTC)
    at = now if before is None else max(now, before + timedelta(microseconds=1))
    return f"{at:%Y-%m-%dT%H:%M:%S.%fZ}"


def _pull_users(work: _Pull, known: Known) -> None:
    for user in work.server.get("api/users/"):
        record = {name: user[name] for name in ("id", "email")}
        if known.users.get(record["id"]) != record["email"]:
            known.add(work.line("user", None, None, record))


def _vanished(known: Known, projects: Iterable[Project]) -> Iterator[str]:
    there = {project.id for project in projects}
    for number, project in known.projects.items():
        if number not in there:
            yield f"{number} ({project.record['title']})"


def _pull_project(work: _Pull, known: Known, project: Project) -> ProjectPull:
    record = project_record(project.record)
    before = known.projects.get(project.id)
    if before is None or before.record != record:
        known.add(work.line("project", project.id, None, record))
    reading, counts = Reading(), Counter[str]()
    for kind, key, told in _news(work, project, known.projects[project.id], reading):
        line = work.line(kind, project.id, key, told)
        add_to_project(known.projects[project.id], line)
        counts[_counted_as(line)] += 1
    return ProjectPull(
        project.id,
        project.title,
        project.marker.round,
        project.marker.assignee,
        tasks=len(reading.there),
        annotations=counts["annotation"],
        drafts=counts["draft"],
        deleted=counts["deleted annotation"],
        deleted_tasks=counts["deleted task"],
        unchanged=len(reading.there.keys() - reading.changed),
        config_drifted=project.config_drifted,
    )


def _counted_as(line: Line) -> str:
    if line.kind != "deleted":
        return line.kind
    return f"deleted {line.record['of']}" if line.record["deleted"] else "back"


def _news(work: _Pull, project: Project, known: KnownProject, reading: Reading) -> Iterator[Told]:
    """What is new of a project, each told before the next is looked for."""
    for done, task in enumerate(_exported(work.server, project, known, reading), 1):
        reading.add(task)
        for told in news_of_task(known, task):
            reading.changed.add(task["id"])
            yield told
        if work.tell:
            work.tell(done, max(done, project.n_tasks), project.title)
    yield from list(deletions(known, reading))


def _exported(server: Server, project: Project, known: KnownProject, reading: Reading) -> Iterator[Task]:
    """The tasks that may have something new: all of a new project, else what changed or has drafts."""
    if not project.n_tasks and not known.tasks:
        return
    if not known.tasks and project.n_tasks <= WHOLE:
        yield from export_all(server, project.id)
        return
    there = times(server, project.id)
    reading.there.update({number: created for number, (created, _) in there.items()})
    old = {number: (one.created_at, one.updated_at) for number, one in known.tasks.items() if not one.deleted}
    changed = {number for number, when in there.items() if old.get(number) != when}
    # A task may slip through a listing while others are deleted; asked for by number, it does not.
    missing = old.keys() - there.keys()
    wanted = changed | missing | with_drafts(server, project.id)
    yield from export_some(server, project.id, sorted(wanted))
