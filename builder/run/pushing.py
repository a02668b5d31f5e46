"""The tasks of a round go to the server, project by project."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from builder.annotate.connection import Server
from builder.annotate.instructions import instructions_html
from builder.annotate.predictions import prediction
from builder.annotate.projects import Marker, NewProject, Project, find_project, label_stream, make_project
from builder.annotate.push import Body, push_tasks
from builder.annotate.questions import LabelConfig
from builder.annotate.rounds import Round
from builder.annotate.tasks import POOL, PlannedTask, task_data
from builder.core.errors import ServerError
from builder.core.settings import Settings
from builder.run.showing import Shown, shown
from builder.run.suggestions import read_suggestions

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to push: a round of a dataset under its config; ``names`` calls assignees something in titles."""

    settings: Settings
    round: Round
    config: LabelConfig
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PushedProject:
    """What became of one assignee's tasks, with the way into the project; ``gone``: in no table any more."""

    assignee: str
    name: str
    project: int
    url: str
    there: int
    sent: int
    removed: int
    gone: int


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

    Raises ``ServerError`` where the server fails, or a project there does not ask what the round asks.
    """
    one = order.round
    units = shown_units(order)
    pushed = tuple(_push(order, server, assignee, units, tell) for assignee in one.assignees)
    return PushReport(one.name, one.config, one.n_units, len(one.tasks), pushed)


def first_body(order: Order) -> Body | None:
    """The first task of a round as it would be sent; none where its unit is in no table any more."""
    first = order.round.tasks[0]
    for unit in _shown(order, [first.unit_id]):
        return body(order.round, first, unit)
    return None


def body(one: Round, task: PlannedTask, unit: Shown) -> Body:
    """A task as the server takes it: what is shown, what travels unseen, and marks to be corrected, if any."""
    what, hint = unit
    kept = {
        "task_key": one.key(task),
        "round": one.name,
        "config": one.config,
        "config_sha256": one.config_sha256,
        "assignee": task.assignee,
        "unit_type": what.unit_type,
        "unit_id": what.unit_id,
        "article_id": what.article_id,
        "text_sha256": what.text_sha256,
        "raw_sha256": what.raw_sha256,
    }
    data = {"data": task_data(what, kept)}
    return data if hint is None else {**data, "predictions": [hint]}


def bodies(order: Order, assignee: str, units: Mapping[str, Shown]) -> dict[str, Body]:
    """The tasks of one assignee by key, in their order; those left out whose unit is not among the units."""
    keys = order.round.keys(assignee).items()
    return {key: body(order.round, task, units[task.unit_id]) for key, task in keys if task.unit_id in units}


def shown_units(order: Order) -> dict[str, Shown]:
    """Every unit of a round by its id, as far as the tables still have it."""
    ids = (task.unit_id for task in order.round.tasks)
    return {unit.unit_id: (unit, hint) for unit, hint in _shown(order, ids)}


def _shown(order: Order, ids: Iterable[str]) -> Iterator[Shown]:
    """Units with what prefills their tasks: suggestions, where the round was planned with some."""
    hints: dict[str, dict[str, Any]] = {}
    if order.round.suggested:
        kept = read_suggestions(order.settings.rounds_dir, order.round.name)
        hints = {unit: prediction(order.config, kept.model, one) for unit, one in kept.units.items()}
    for unit, hint in shown(order.settings, order.config, ids):
        yield unit, hint or hints.get(unit.unit_id)


def _push(
    order: Order, server: Server, assignee: str, units: Mapping[str, Shown], tell: Tell | None
) -> PushedProject:
    made = bodies(order, assignee, units)
    project = _project(order, server, assignee)
    done = push_tasks(server, project.id, made, tell)
    return PushedProject(
        assignee,
        order.names.get(assignee, assignee),
        project.id,
        label_stream(server, project),
        done.there,
        done.sent,
        done.removed,
        len(order.round.keys(assignee)) - len(made),
    )


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
