"""The dataset's own table of units whose right answers are known: read, checked, and added to."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from builder.annotate.adjudication.consensus import settled_answers
from builder.annotate.planning.gold import GoldTable, GoldUnit, against_units, gold_text, read_gold
from builder.annotate.planning.mixing import Known
from builder.annotate.planning.sample import Candidate
from builder.annotate.questionnaire.answer_schema import answer_schema
from builder.annotate.questionnaire.answers import faults
from builder.annotate.questionnaire.documents import Answered
from builder.annotate.questionnaire.questions import LabelConfig
from builder.annotate.tasks import Unit
from builder.core.errors import DataError, UsageError
from builder.core.settings import Settings
from builder.core.storage import read_text
from builder.core.storage import replace as replace_file
from builder.run.annotation.answered import merged_answers
from builder.run.annotation.rounds import meetings
from builder.run.annotation.showing import shown

_SETTLED = "settled by an adjudicator"
_UNANIMOUS = "all annotators say so"


def gold_file(settings: Settings, config: str) -> Path:
    """Where the gold of a config lies."""
    return settings.gold_dir / f"{config}.jsonl"


def gold_table(settings: Settings, config: LabelConfig) -> GoldTable:
    """The gold of a config, with all that is wrong with it; empty where there is none."""
    name = f"{settings.gold}/{config.name}.jsonl"
    text = read_text(gold_file(settings, config.name)) or ""
    table = read_gold(text, name, partial(faults, answer_schema(config.questions)))
    return against_units(table, name, _units(settings, config, [one.unit_id for one in table.units]), config)


def sound_gold(settings: Settings, config: LabelConfig) -> tuple[GoldUnit, ...]:
    """The gold of a config; ``DataError`` where anything is wrong with it, or a text was not recorded."""
    table = gold_table(settings, config)
    if table.faults:
        raise DataError(f"{table.faults[0]}. All that is wrong with gold: builder gold check")
    unrecorded = [one.unit_id for one in table.units if one.text_sha256 is None]
    if unrecorded:
        raise DataError(
            f"{settings.gold}/{config.name}.jsonl does not say which text {unrecorded[0]} had when its answers "
            "were written. Record it: builder gold check --record"
        )
    return table.units


def known_units(settings: Settings, config: LabelConfig, candidates: Sequence[Candidate]) -> Known:
    """Which of the candidates are gold, and who met which unit in a round of the config so far."""
    gold = {one.unit_id for one in sound_gold(settings, config)}
    met = meetings(settings.rounds_dir, config.name)
    return Known(tuple(one for one in candidates if one.unit_id in gold), met)


def record_texts(settings: Settings, config: LabelConfig) -> int:
    """Write to each line of the gold that has none the hash of its unit's text; how many lines that were.

    Raises ``DataError`` where anything is wrong with the gold.
    """
    table = gold_table(settings, config)
    if table.faults:
        raise DataError(f"{table.faults[0]}. All that is wrong with gold: builder gold check")
    new = [one.unit_id for one in table.units if one.text_sha256 is None]
    if new:
        units = _units(settings, config, new)
        recorded = [
            replace(one, text_sha256=one.text_sha256 or units[one.unit_id].text_sha256) for one in table.units
        ]
        _write(settings, config, recorded)
    return len(new)


def add_gold(
    settings: Settings, config: LabelConfig, wanted: Collection[str], reason: str | None
) -> tuple[GoldUnit, ...]:
    """Put units into the gold with the answers that they were settled on; those that are in it stay as they are.

    Without any named, all that an adjudicator settled. Raises ``UsageError`` for a unit whose answers are in
    dispute, or that fewer than two people answered.
    """
    before = sound_gold(settings, config)
    said = defaultdict[str, list[Answered]](list)
    for one in merged_answers(settings, config):
        said[one.unit_id].append(one)
    wanted = wanted or [unit for unit, answers in said.items() if _adjudicated(answers)]
    new = sorted(set(wanted) - {one.unit_id for one in before})
    units = _units(settings, config, new)
    added = tuple(_gold(config, unit, said.get(unit, []), units, reason) for unit in new)
    if added:
        _write(settings, config, (*before, *added))
    return added


def _gold(
    config: LabelConfig,
    unit: str,
    answers: Sequence[Answered],
    units: dict[str, Unit],
    reason: str | None,
) -> GoldUnit:
    document = settled_answers(answers, config.questions)
    if unit not in units or document is None:
        what = (
            f"{len(answers)} answers to {config.name} that leave a question open" if answers else "no answers"
        )
        raise UsageError(
            f"{unit} has {what}, so nobody knows which are right. Have it settled first: builder adjudicate push; "
            f"or write the line by hand: builder gold --help"
        )
    wrong = faults(answer_schema(config.questions), document)
    if wrong:
        raise UsageError(
            f"The answers to {unit} were given to another version of {config.name}: {wrong[0][1]}."
        )
    why = reason or (_SETTLED if _adjudicated(answers) else _UNANIMOUS)
    return GoldUnit(unit, document, why, units[unit].text_sha256)


def _adjudicated(answers: Sequence[Answered]) -> bool:
    return any(one.origin == "adjudication" for one in answers)


def _units(settings: Settings, config: LabelConfig, ids: Sequence[str]) -> dict[str, Unit]:
    return {unit.unit_id: unit for unit, _ in shown(settings, config, ids)} if ids else {}


def _write(settings: Settings, config: LabelConfig, units: Sequence[GoldUnit]) -> None:
    replace_file(gold_file(settings, config.name), gold_text(units).encode())
