"""How the annotators of a dataset work, from its merged tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.core.errors import UsageError
from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.labels.proportions import Share
from builder.labels.quality.exposure import USUAL, Severe
from builder.labels.quality.figures import Beside, Figures, figures
from builder.labels.quality.known import Gold
from builder.labels.quality.rows import NEEDED
from builder.labels.quality.warnings import Conventions, Warned, warnings_of
from builder.run.annotation.configs import sound_config
from builder.run.annotation.gold import gold_file, sound_gold
from builder.run.annotation.merged_work import work_tables
from builder.run.annotation.questionnaires import questionnaires
from builder.run.annotation.suggestions import scores_of_rounds

_TEXTS = {"comments": "comment_id", "articles": "article_id"}


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of one annotator under one config, and what of them is worth a look."""

    figures: Figures
    warnings: tuple[Warned, ...]

    def as_json(self) -> dict[str, Any]:
        """All of it as values that ``json.dumps`` takes; days as ISO dates."""
        value = asdict(self.figures)
        days = [{**day, "day": day["day"].isoformat()} for day in value["days"]]
        return {**value, "days": days, "warnings": [asdict(one) for one in self.warnings]}


def find_quality(
    settings: Settings,
    rounds: Sequence[str] = (),
    severe: Severe | None = None,
    conventions: Conventions | None = None,
) -> tuple[Quality, ...]:
    """The quality of each annotator's work, under each config, by what was merged.

    Known answers are those of the dataset's gold. What is ``severe`` is said by the settings if it is not given.
    Raises ``DataError`` where nothing was
    merged, ``UsageError`` for a round that nobody labelled.
    """
    tables = work_tables(settings, NEEDED)
    _check_rounds(tables["tasks"], rounds)
    beside = Beside(
        lengths=dict(_lengths(settings, tables["annotations"])),
        gold=dict(_gold(settings, tables["tasks"])),
        severe=severe or _severe(settings),
        promised=_promised(settings),
    )
    known = questionnaires(settings, tables["tasks"])
    usual = conventions or Conventions()
    return tuple(Quality(one, warnings_of(one, usual)) for one in figures(tables, known, beside, rounds))


def _gold(settings: Settings, tasks: pa.Table) -> Iterator[tuple[str, Gold]]:
    """The known answers of each config that was asked; ``DataError`` where a table of them is not sound."""
    for name in pc.unique(tasks["config"]).to_pylist():
        if gold_file(settings, name).is_file():
            units = sound_gold(settings, sound_config(settings, name))
            yield name, {one.unit_id: one.answers for one in units}


def _severe(settings: Settings) -> Severe:
    said = settings.severe
    return Severe({said.question: frozenset(said.values)}) if said else USUAL


def _check_rounds(tasks: pa.Table, rounds: Sequence[str]) -> None:
    there = set(pc.unique(tasks["round"]).to_pylist())
    for name in rounds:
        if name not in there:
            raise UsageError(
                f"Round {name} has no merged tasks. Those that have: {', '.join(sorted(there)) or 'none'}."
            )


def _lengths(settings: Settings, annotations: pa.Table) -> Iterator[tuple[str, int]]:
    """The length of each unit's text in code points; captures are left out."""
    wanted = pc.unique(annotations["unit_id"])
    for name, key in _TEXTS.items():
        table = read_table(settings.tables_dir, name, (key, "text"))
        table = table.filter(pc.is_in(table[key], value_set=wanted))
        lengths = pc.fill_null(pc.utf8_length(table["text"]), 0)
        yield from zip(table[key].to_pylist(), lengths.to_pylist(), strict=True)


def _promised(settings: Settings) -> Mapping[tuple[str, str], Share]:
    return {
        (model, score.question): Share(score.n, score.accuracy, score.low, score.high)
        for model, scores in scores_of_rounds(settings.rounds_dir).items()
        for score in scores
    }
