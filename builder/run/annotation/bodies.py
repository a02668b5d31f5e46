"""The tasks of a round as the server takes them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.annotate.planning.rounds import Round
from builder.annotate.questionnaire.questions import LabelConfig
from builder.annotate.tasks import ANSWERS, PlannedTask, task_data
from builder.annotate.transfer.predictions import prediction
from builder.annotate.transfer.push import Body
from builder.core.settings import Settings
from builder.run.annotation.showing import Shown, shown


@dataclass(frozen=True, slots=True)
class Order:
    """What to push: a round of a dataset under its config; ``names`` calls assignees something in titles.

    ``answers`` are the conflicting answers to each unit that a round of adjudication shows, as text. ``severity``
    says of units how severe a model thinks them, from 0 to 1; it weighs where people have not said.
    """

    settings: Settings
    round: Round
    config: LabelConfig
    names: Mapping[str, str]
    answers: Mapping[str, str] = field(default_factory=dict)
    severity: Mapping[str, float] = field(default_factory=dict)


def first_body(order: Order) -> Body | None:
    """The first task of a round as it would be sent; none where its unit is in no table any more."""
    first = order.round.tasks[0]
    for unit in _shown(order, [first.unit_id]):
        return body(order, first, unit)
    return None


def body(order: Order, task: PlannedTask, unit: Shown) -> Body:
    """A task as the server takes it: what is shown, what travels unseen, and marks to be corrected, if any.

    An adjudicator sees the answers that do not agree, and begins with an empty form.
    """
    what, hint = unit
    one = order.round
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
    if one.adjudicates:
        return {"data": {**data["data"], ANSWERS: order.answers[task.unit_id]}}
    return data if hint is None else {**data, "predictions": [hint]}


def bodies(order: Order, assignee: str, units: Mapping[str, Shown]) -> dict[str, Body]:
    """The tasks of one assignee by key, in their order; those left out whose unit is not among the units."""
    keys = order.round.keys(assignee).items()
    return {key: body(order, task, units[task.unit_id]) for key, task in keys if task.unit_id in units}


def shown_units(order: Order) -> dict[str, Shown]:
    """Every unit of a round by its id, as far as the tables still have it."""
    ids = (task.unit_id for task in order.round.tasks)
    return {unit.unit_id: (unit, hint) for unit, hint in _shown(order, ids)}


def _shown(order: Order, ids: Iterable[str]) -> Iterator[Shown]:
    """Units with what prefills their tasks: suggestions, where the round was planned with some."""
    hints: dict[str, dict[str, Any]] = {}
    if order.round.suggested:
        from builder.run.annotation.suggestions import read_suggestions  # noqa: PLC0415 - few rounds have any

        kept = read_suggestions(order.settings.rounds_dir, order.round.name)
        hints = {unit: prediction(order.config, kept.model, one) for unit, one in kept.units.items()}
    for unit, hint in shown(order.settings, order.config, ids):
        yield unit, hint or hints.get(unit.unit_id)
