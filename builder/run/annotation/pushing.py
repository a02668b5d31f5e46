"""The tasks of a round go to the server, project by project."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

from builder.annotate.planning.handout import Handout, Load
from builder.annotate.planning.rounds import Round
from builder.annotate.questionnaire.instructions import instructions_html
from builder.annotate.server.connection import Server
from builder.annotate.server.projects import (
    Marker,
    NewProject,
    Project,
    find_project,
    label_stream,
    make_project,
)
from builder.annotate.tasks import POOL
from builder.annotate.transfer.push import Body, keys_there, push_tasks
from builder.core.errors import ServerError
from builder.run.annotation.bodies import Order, bodies, shown_units
from builder.run.annotation.exposure import handout_of_today
from builder.run.annotation.showing import Shown

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class PushedProject:
    """What became of one assignee's tasks, with the way into the project; ``gone``: in no table any more.

    ``waiting`` tasks were held back, because of those that are ``open`` and those done ``today``, in all rounds,
    before this push.
    """

    assignee: str
    name: str
    project: int
    url: str
    there: int
    sent: int
    removed: int
    gone: int
    waiting: int = 0
    open: int = 0
    today: int = 0


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did."""

    round: str
    config: str
    units: int
    tasks: int
    projects: tuple[PushedProject, ...]

    def as_json(self) -> dict[str, Any]:
        """The report as values that ``json.dumps`` takes."""
        return asdict(self)


def push(order: Order, server: Server, tell: Tell | None = None) -> PushReport:
    """Bring what is missing of a round to the server; once it is there, doing it again changes nothing.

    Where the settings limit what a day may bring to anybody, only as much is sent as that allows.
    Raises ``ServerError`` where the server fails, or a project there does not ask what the round asks.
    """
    one = order.round
    # The units are read while the server is asked what it has.
    with ThreadPoolExecutor(1) as reader:
        units = reader.submit(shown_units, order)
        limits = handout_of_today(order.settings, server, one, order.severity)
        pushed = tuple(_push(order, server, assignee, units, limits, tell) for assignee in one.assignees)
    return PushReport(one.name, one.config, one.n_units, len(one.tasks), pushed)


def _push(
    order: Order,
    server: Server,
    assignee: str,
    units: Future[dict[str, Shown]],
    limits: Handout | None,
    tell: Tell | None,
) -> PushedProject:
    project = _project(order, server, assignee)
    made = bodies(order, assignee, units.result())
    sent = made if limits is None else _released(order.round, server, project, assignee, made, limits)
    done = push_tasks(server, project.id, sent, tell)
    load = limits.load(order.round, assignee) if limits else Load()
    return PushedProject(
        assignee,
        order.names.get(assignee, assignee),
        project.id,
        label_stream(server, project),
        done.there,
        done.sent,
        done.removed,
        gone=sum(task.assignee == assignee for task in order.round.tasks) - len(made),
        waiting=len(made) - len(sent),
        open=load.open,
        today=load.today,
    )


def _released(
    one: Round, server: Server, project: Project, assignee: str, made: Mapping[str, Body], limits: Handout
) -> dict[str, Body]:
    """The tasks that are in the project, and those that may join them today."""
    there = keys_there(server, project.id)
    more = set(limits.released(one, assignee, (key for key in made if key not in there)))
    return {key: body for key, body in made.items() if key in there or key in more}


def _project(order: Order, server: Server, assignee: str) -> Project:
    one = order.round
    marker = Marker(order.settings.name, one.name, one.config, one.config_sha256, assignee)
    found = find_project(server, marker)
    if found is None:
        overlap = one.terms.overlap if assignee == POOL else 1
        html = instructions_html(order.config.instructions)
        return make_project(
            server,
            NewProject(
                marker, f"{one.name} · {order.names.get(assignee, assignee)}", order.config.xml, html, overlap
            ),
        )
    if found.marker != marker or found.config_drifted:
        raise ServerError(
            f"Project {found.id} on {server.url} asks something else than round {one.name}: its labelling config "
            "was changed there. Put it back to annotation_configs, or plan another round: --round NAME"
        )
    return found
