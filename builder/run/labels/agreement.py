"""Agreement of the annotators of a dataset, from its merged tables."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.core.errors import DataError, UsageError
from builder.core.settings import Settings
from builder.labels.agreement import PairMeasures, Subject, pair_agreement, question_agreement
from builder.labels.measures import Measures
from builder.labels.resampling import Resampling
from builder.labels.sheets import NEEDED, Sheet, counting, sheets
from builder.run.annotation.merged_work import work_tables
from builder.run.annotation.questionnaires import questionnaires
from builder.run.labels.label_units import LabelUnits

BY = ("question", "source", "round", "pair")
"""By what agreement can be told apart; by question it always is."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Agreement on one subject, within one source or round where it was told apart by that."""

    within: Mapping[str, str]
    subject: Subject
    measures: Measures | PairMeasures

    def row(self) -> dict[str, Any]:
        """All of it as one flat row."""
        return {**self.within, **asdict(self.subject), **asdict(self.measures)}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of annotators: on each question and option, and, where it was asked for, of each pair."""

    questions: tuple[Agreed, ...]
    pairs: tuple[Agreed, ...]


def find_agreement(
    settings: Settings,
    by: Collection[str] = (),
    rounds: Collection[str] = (),
    resampling: Resampling | None = None,
) -> Agreement:
    """How far the annotators agree, by the merged answers that people gave on their own.

    Raises ``DataError`` where nothing was merged, or no answer counts; ``UsageError`` for an unknown word in
    ``by`` or a round that nobody labelled.
    """
    unknown = sorted(set(by) - set(BY))
    if unknown:
        raise UsageError(f"Agreement cannot be told apart by {unknown[0]}. It can by: {', '.join(BY)}.")
    units = LabelUnits(settings.tables_dir)
    parts = list(_parts(settings, units, rounds, [name for name in ("source", "round") if name in by]))
    one = resampling or Resampling()
    return Agreement(
        tuple(
            Agreed(within, *found)
            for within, sheet in parts
            for question in sheet.questionnaire.questions
            for found in question_agreement(sheet, question, units.lengths, one)
        ),
        tuple(
            Agreed(within, *found)
            for within, sheet in (parts if "pair" in by else ())
            for question in sheet.questionnaire.questions
            for found in pair_agreement(sheet, question, units.lengths)
        ),
    )


def labelled(
    settings: Settings, tables: Mapping[str, pa.Table], rounds: Collection[str], *, blind: bool
) -> pa.Table:
    """The annotations of people that count; ``blind`` leaves out those for which a model had suggested answers.

    Taken and changed suggestions count together or not at all: either alone would be a choice by the answer.
    Raises ``UsageError`` where a round has none, ``DataError`` without any.
    """
    people = pa.concat_tables([counting(tables, origin) for origin in ("human", "suggestion")])
    people = _unsuggested(people, tables["suggestions"]) if blind else people
    counted = (
        people.filter(pc.is_in(people["round"], value_set=pa.array(sorted(rounds)))) if rounds else people
    )
    seen = set(pc.unique(counted["round"]).to_pylist())
    missing = sorted(set(rounds) - seen)
    if missing:
        there = sorted(pc.unique(people["round"]).to_pylist())
        raise UsageError(
            f"Round {missing[0]} has no merged answers. Those that have: {', '.join(there) or 'none'}."
        )
    if not seen:
        raise DataError(f"{settings.merged_dir} has no answers that count. See why: builder merge")
    return counted


def _unsuggested(people: pa.Table, suggestions: pa.Table) -> pa.Table:
    """Those that nobody suggested answers for; the parser's marks in captures are there to be corrected."""
    begun = pc.is_in(people["annotation_id"], value_set=suggestions["annotation_id"].combine_chunks())
    return people.filter(pc.or_(pc.invert(begun), pc.equal(people["unit_type"], "capture")))


def _parts(
    settings: Settings, units: LabelUnits, rounds: Collection[str], apart: list[str]
) -> Iterator[tuple[dict[str, str], Sheet]]:
    """The sheets, told apart; by the time that they are measured, the tables that they are made of are gone."""
    tables = work_tables(settings, NEEDED)
    known = questionnaires(settings, tables["tasks"])
    counted = labelled(settings, tables, rounds, blind=True)
    if "source" in apart:
        counted = counted.append_column("source", units.sources(counted["unit_id"]).fill_null("unknown"))
    groups = counted.group_by(apart, use_threads=False).aggregate([]).to_pylist() if apart else [{}]
    for within in sorted(groups, key=lambda group: [group[name] for name in apart]):
        mine = counted
        for name, value in within.items():
            mine = mine.filter(pc.equal(mine[name], value))
        yield from ((within, sheet) for sheet in sheets(mine, tables, known))
