"""A round is planned over the built tables, or found again as it was planned."""

from collections.abc import Sequence

from builder.annotate.planning.candidates import NEEDED, candidates
from builder.annotate.planning.mixing import Known
from builder.annotate.planning.rounds import Round, differences, planned
from builder.annotate.planning.sample import Candidate
from builder.annotate.planning.terms import Wishes
from builder.annotate.questionnaire.questions import LabelConfig, UnitType
from builder.annotate.tasks import POOL
from builder.core.errors import UsageError
from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.run.annotation.rounds import check_name, meetings, read_round
from builder.run.corpus.withdrawn import leaving


def plan(settings: Settings, name: str, config: LabelConfig, wishes: Wishes) -> tuple[Round, bool]:
    """The round of that name, and whether it is new: a new one is not written by this.

    Raises ``UsageError`` where it is closed, or was planned otherwise, or under another labelling config,
    ``DataError`` where gold is wished and something is wrong with it.
    """
    check_name(name)
    known = read_round(settings.rounds_dir, name)
    if known is None:
        units = all_candidates(settings, config.unit_type)
        terms = wishes.terms(config.unit_type)
        asked = known_to_plan(settings, config, units, gold=bool(wishes.gold))
        if terms.sample.choose == "uncertain":
            from builder.run.annotation.active import by_certainty  # noqa: PLC0415 - few rounds need it

            units = by_certainty(settings, config, units)
        return planned(name, config, terms, units, asked), True
    _check_config(known, config)
    otherwise = list(differences(known, wishes))
    if otherwise:
        raise UsageError(
            f"Round {name} is planned already: {'; '.join(otherwise)}. Push it without these options to go on with "
            "it as it is, or plan another: --round NAME"
        )
    return known, False


def known_to_plan(
    settings: Settings, config: LabelConfig, units: Sequence[Candidate], *, gold: bool
) -> Known:
    """Who met which unit in a round of the config so far; and what is gold, where a round has any."""
    if gold:
        from builder.run.annotation.gold import known_units  # noqa: PLC0415 - few rounds need it

        return known_units(settings, config, units)
    return Known(met=meetings(settings.rounds_dir, config.name))


def met_again(settings: Settings, one: Round) -> int:
    """How many units of a round that asks for answers go to somebody who has them in another round of its config.

    Neither gold nor what is shown a second time counts: those are meant to be met again.
    """
    met = meetings(settings.rounds_dir, one.config, but=one.name)
    ordinary = (task for task in one.tasks if task.ordinary and task.assignee != POOL)
    return len({task.unit_id for task in ordinary if (task.assignee, task.unit_id) in met})


def all_candidates(settings: Settings, unit_type: UnitType) -> tuple[Candidate, ...]:
    """Every unit of a type in the built tables, but for those that were withdrawn."""
    tables = {name: read_table(settings.tables_dir, name, columns) for name, columns in NEEDED.items()}
    away = leaving(settings).units(unit_type)
    return tuple(one for one in candidates(unit_type, tables) if one.unit_id not in away)


def _check_config(known: Round, config: LabelConfig) -> None:
    if known.closed:
        raise UsageError(f"Round {known.name} is closed. Plan another: --round NAME")
    if known.config != config.name:
        raise UsageError(
            f"Round {known.name} asks {known.config}, not {config.name}. Plan another: --round NAME"
        )
    if known.config_sha256 != config.sha256:
        raise UsageError(
            f"The labelling config {config.name} is not what it was when round {known.name} was planned, and "
            "answers to two versions of a question are never mixed. Put the file back as it was, or plan another "
            "round: --round NAME"
        )
