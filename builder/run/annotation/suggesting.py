"""A round gets the suggestions of a model, before anybody has answered any of it or never."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from builder.annotate.archive.lines import read_archive
from builder.annotate.planning.rounds import Round
from builder.annotate.questionnaire.questions import LabelConfig
from builder.annotate.server.connection import Server
from builder.annotate.server.projects import Project, projects_of
from builder.annotate.transfer.predictions import prediction, send_predictions, touched
from builder.core.errors import DataError, UsageError
from builder.core.lock import locked
from builder.core.settings import Settings
from builder.labels.trial import Score
from builder.run.annotation.baseline import Baseline, train_baseline, unit_texts
from builder.run.annotation.bodies import Order
from builder.run.annotation.configs import sound_config
from builder.run.annotation.rounds import keep_round, the_round
from builder.run.annotation.suggestions import Suggestions, keep_suggestions, read_suggestions


@dataclass(frozen=True, slots=True)
class SuggestReport:
    """What came of it: the model, its scores, questions that it has none for and why, tasks that got some."""

    round: str | None
    config: str
    model: str
    scores: tuple[Score, ...]
    lacking: Mapping[str, str]
    units: int = 0
    sent: int = 0

    def as_json(self) -> dict[str, Any]:
        """The report as values that ``json.dumps`` takes."""
        scores = [{**asdict(one), "better": one.better} for one in self.scores]
        return {**asdict(self), "scores": scores, "lacking": dict(self.lacking)}


def try_model(settings: Settings, config: LabelConfig) -> SuggestReport:
    """How good suggestions would be; nothing is suggested."""
    made = train_baseline(settings, config)
    return SuggestReport(None, config.name, made.name, tuple(made.scores.values()), made.lacking)


def suggest_round(settings: Settings, server: Server, name: str) -> SuggestReport:
    """Give every task of a round its suggestions, those on the server too; done again, send what is missing.

    What is suggested is settled the first time. Raises ``UsageError`` for a round that stays blind because
    somebody began it, or that cannot have suggestions; ``DataError`` where the model is of no use; ``Busy``
    while rounds are pushed or changed elsewhere.
    """
    with locked(settings.rounds_dir):
        return _suggest_round(settings, server, name)


def _suggest_round(settings: Settings, server: Server, name: str) -> SuggestReport:
    one = the_round(settings.rounds_dir, name)
    config = sound_config(settings, one.config)
    projects = [found for found in projects_of(server, settings.name) if found.marker.round == name]
    lacking: Mapping[str, str] = {}
    if one.suggested is None:
        refuse_unfit(one)
        _refuse_begun(settings, server, one, projects)
        made = train_baseline(settings, config)
        settle_suggestions(settings, one, config, made)
        lacking = made.lacking
    kept = read_suggestions(settings.rounds_dir, name)
    bodies = {unit: prediction(config, kept.model, said) for unit, said in kept.units.items()}
    sent = sum(send_predictions(server, project, kept.model, bodies) for project in projects)
    return SuggestReport(name, config.name, kept.model, kept.scores, lacking, len(kept.units), sent)


def refuse_unfit(one: Round) -> None:
    """Raise ``UsageError`` for a round that can have no suggestions of this kind."""
    if one.closed:
        raise UsageError(f"Round {one.name} is closed. Plan another: builder push --round NAME")
    if one.unit_type == "capture":
        raise UsageError(f"Round {one.name} is about captures, whose tasks show the parser's marks already.")
    if one.adjudicates:
        raise UsageError(
            f"Round {one.name} settles disagreements, and nothing may sway whoever settles them."
        )


def settle_suggestions(settings: Settings, one: Round, config: LabelConfig, made: Baseline) -> Round:
    """Keep the suggestions for all units of a round, and let its plan say so; the plan comes last.

    Raises ``DataError`` where the model is no better than the commonest answer on any question.
    """
    scores = tuple(score for score in made.scores.values() if score.better)
    if not scores:
        raise DataError(
            f"{made.name} is no better than always suggesting the commonest answer: {_said(made)}. "
            "Nothing was suggested; label more, pull and merge."
        )
    texts = unit_texts(settings, config, [task.unit_id for task in one.tasks])
    units = made.suggestions({unit: text for unit, (text, _) in texts.items()})
    planned = replace(one, suggested=made.name)
    keep_round(settings.rounds_dir, one, config)
    keep_suggestions(settings.rounds_dir, one.name, Suggestions(made.name, scores, units))
    keep_round(settings.rounds_dir, planned)
    return planned


def with_suggestions(order: Order, *, new: bool) -> Order:
    """A new round as an order, planned with suggestions and kept; raises as ``suggest_round`` does.

    A round that was planned with suggestions stays as it is; ``UsageError`` for one that was planned blind.
    """
    if order.round.suggested:
        return order
    if not new:
        raise UsageError(
            f"Round {order.round.name} was planned blind. While nobody has begun it, it can be given suggestions: "
            f"builder suggest --round {order.round.name}"
        )
    refuse_unfit(order.round)
    made = train_baseline(order.settings, order.config)
    return replace(order, round=settle_suggestions(order.settings, order.round, order.config, made))


def _said(made: Baseline) -> str:
    scores = (
        f"{one.question} {one.accuracy:.0%} against {one.majority:.0%}, a gain between {one.gain_low:+.0%} and "
        f"{one.gain_high:+.0%}"
        for one in made.scores.values()
    )
    return "; ".join([*scores, *(f"{name}: {why}" for name, why in made.lacking.items())])


def _refuse_begun(settings: Settings, server: Server, one: Round, projects: list[Project]) -> None:
    """A round whose first answers were given blind stays so: two kinds of answers are never mixed in one."""
    keys = {one.key(task) for task in one.tasks}
    pulled = (line for line in read_archive(settings.archive_dir, ("annotation", "draft")))
    if any(line.task_key in keys for line in pulled) or any(_begun(server, projects)):
        raise UsageError(
            f"Somebody has begun round {one.name}, so it stays blind. Plan another with suggestions: "
            "builder push --round NAME --suggest baseline"
        )


def _begun(server: Server, projects: list[Project]) -> Iterator[bool]:
    yield from (touched(server, project) for project in projects)
