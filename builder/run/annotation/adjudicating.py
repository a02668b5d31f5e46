"""Disagreements become a round of their own, whose tasks show the answers that do not agree."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from builder.annotate.adjudication.conflict import answers_text
from builder.annotate.adjudication.screen import adjudication_config
from builder.annotate.annotators import Pseudonyms
from builder.annotate.lint.check import errors_in, findings_of
from builder.annotate.planning.assignment import in_reading_order
from builder.annotate.planning.rounds import Round, differences
from builder.annotate.planning.terms import Terms, Wishes
from builder.annotate.questionnaire.config import ConfigText, find_text, read_config
from builder.annotate.questionnaire.questions import LabelConfig
from builder.annotate.server.studio.accounts import addresses
from builder.annotate.tasks import ANSWERS, POOL, PlannedTask
from builder.core.errors import DataError, UsageError
from builder.core.settings import Settings
from builder.run.annotation.annotators import called, keep_pseudonyms, read_pseudonyms
from builder.run.annotation.bodies import Order
from builder.run.annotation.conflicts import Conflict, Wanted, conflicts
from builder.run.annotation.planning import all_candidates
from builder.run.annotation.rounds import (
    adjudication_of,
    all_rounds,
    keep_answers,
    keep_round,
    read_answers,
    read_round,
    round_xml,
    the_round,
)
from builder.run.annotation.showing import shown


@dataclass(frozen=True, slots=True)
class Adjudication:
    """A round of adjudication as it would be pushed.

    ``new`` are the conflicts that it did not have before, ``before`` how many units it had; ``waiting`` units
    are in dispute too, and somebody has still to answer them; ``own`` of the new ones were answered by whoever
    is to settle them. ``order`` is none where there is nothing to settle at all.
    """

    about: str
    order: Order | None
    people: Pseudonyms
    new: tuple[Conflict, ...]
    before: int
    waiting: int
    own: int


def adjudication(
    settings: Settings, name: str | None, wanted: Wanted, adjudicators: Sequence[str], *, early: bool
) -> Adjudication:
    """The adjudication of a round (None: the only one): what was planned before, and what is in dispute now.

    What was planned stays as it was, with the answers that it shows. ``adjudicators`` are named, not pseudonyms:
    with one of them the project is theirs, else a pool. With ``early`` units count that somebody has still to
    answer. Raises ``UsageError`` for a round that cannot be adjudicated, as ``conflicts`` does, and for other
    adjudicators than it was given to.
    """
    about = _about(settings, name)
    known = _known(settings, about)
    config = _labelled_config(settings, about)
    people = read_pseudonyms(settings.annotators_file).with_names(addresses(adjudicators))
    terms = _terms(known, tuple(dict.fromkeys(people.of(one) for one in adjudicators)))
    found = conflicts(settings, about, config, wanted)
    had = {task.unit_id for task in known.tasks} if known else set()
    unsettled = [each for each in found if each.unit_id not in had]
    new = tuple(each for each in unsettled if early or not each.unfinished)
    order = None
    if known or new:
        one, screen = _grown(settings, about, known, terms, new)
        answers = {
            **(read_answers(settings.rounds_dir, one.name) if known else {}),
            **_texts(settings, config, new),
        }
        order = Order(settings, one, screen, called(people), answers)
    own = sum(any(said.annotator_id in terms.annotators for said in each.answers) for each in new)
    return Adjudication(about.name, order, people, new, len(had), len(unsettled) - len(new), own)


def keep_adjudication(made: Adjudication) -> None:
    """Write the round of an adjudication, so that a push can go on with it whatever happens."""
    if made.order:
        settings, one = made.order.settings, made.order.round
        keep_pseudonyms(settings.annotators_file, made.people)
        keep_answers(settings.rounds_dir, one.name, made.order.answers)
        keep_round(settings.rounds_dir, one, made.order.config)


def resumed(settings: Settings, known: Round, config: str | None, wishes: Wishes) -> Order:
    """The order for a round of adjudication as it was planned.

    Raises ``UsageError`` where it is closed, or wished otherwise.
    """
    if known.closed:
        raise UsageError(f"Round {known.name} is closed, so nothing of it is pushed any more.")
    asked = [f"it asks {known.config}"] if config not in {None, known.config} else []
    asked += differences(known, wishes)
    if asked:
        raise UsageError(
            f"Round {known.name} settles disagreements of {known.adjudicates}: {'; '.join(asked)}. Push it without "
            "these options"
        )
    names = called(read_pseudonyms(settings.annotators_file))
    screen = _screen(settings, known, round_xml(settings.rounds_dir, known.name))
    return Order(settings, known, screen, names, read_answers(settings.rounds_dir, known.name))


def _about(settings: Settings, name: str | None) -> Round:
    """The round to be adjudicated."""
    if name is None:
        labelled = [one for one in all_rounds(settings.rounds_dir) if not one.adjudicates]
        if len(labelled) != 1:
            named = ", ".join(one.name for one in labelled) or "none yet"
            raise UsageError(f"Say which round is to be adjudicated: --round NAME. Rounds so far: {named}.")
        return labelled[0]
    one = the_round(settings.rounds_dir, name)
    if one.adjudicates:
        raise UsageError(
            f"Round {name} settles disagreements of {one.adjudicates}: --round {one.adjudicates}"
        )
    return one


def _known(settings: Settings, about: Round) -> Round | None:
    known = read_round(settings.rounds_dir, adjudication_of(about.name))
    if known and known.closed:
        raise UsageError(f"Round {known.name} is closed, so nothing is added to it any more.")
    if known and known.adjudicates != about.name:
        raise UsageError(f"Round {known.name} is there and is no adjudication of {about.name}.")
    return known


def _terms(known: Round | None, adjudicators: tuple[str, ...]) -> Terms:
    if known is None:
        return Terms("personal" if len(adjudicators) == 1 else "pool", 1, adjudicators)
    if adjudicators and set(adjudicators) != set(known.terms.annotators):
        raise UsageError(f"Round {known.name} was given to others to settle. Leave --annotators out.")
    return known.terms


def _grown(
    settings: Settings, about: Round, known: Round | None, terms: Terms, new: Sequence[Conflict]
) -> tuple[Round, LabelConfig]:
    """The round with the new conflicts at its end, and the config of its screen."""
    xml = round_xml(settings.rounds_dir, known.name) if known else None
    screen = _screen(settings, about, xml)
    wanted = {each.unit_id for each in new}
    units = [unit for unit in all_candidates(settings, about.unit_type) if unit.unit_id in wanted]
    (assignee,) = terms.annotators if terms.assign == "personal" else (POOL,)
    tasks = (
        PlannedTask(assignee, unit.unit_id, unit.article_id)
        for unit in in_reading_order(units, 0, about.terms.sample.seed)
    )
    one = known or Round(
        adjudication_of(about.name),
        about.config,
        screen.sha256,
        about.unit_type,
        terms,
        (),
        adjudicates=about.name,
    )
    return replace(one, tasks=(*one.tasks, *tasks)), screen


def _labelled_config(settings: Settings, about: Round) -> LabelConfig:
    """The config as it was when the round was planned."""
    return read_config(_text(settings, about))


def _text(settings: Settings, about: Round) -> ConfigText:
    return replace(find_text(settings.root, about.config), xml=round_xml(settings.rounds_dir, about.name))


def _screen(settings: Settings, one: Round, xml: str | None) -> LabelConfig:
    """The config of an adjudicator's screen: with this XML, or made of that of the round."""
    text = adjudication_config(_text(settings, the_round(settings.rounds_dir, one.adjudicates or one.name)))
    text = text if xml is None else replace(text, xml=xml)
    errors = errors_in(findings_of(text, (ANSWERS,)))
    if errors:
        raise DataError(f"The screen for adjudicators cannot be made of {one.config}: {errors[0]}")
    return read_config(text)


def _texts(settings: Settings, config: LabelConfig, new: Collection[Conflict]) -> Mapping[str, str]:
    """The conflicting answers to each unit, as its task shows them."""
    texts = {unit.unit_id: unit.text for unit, _ in shown(settings, config, [each.unit_id for each in new])}
    return {
        each.unit_id: answers_text(config, texts[each.unit_id], each.answers, each.dispute)
        for each in new
        if each.unit_id in texts
    }
