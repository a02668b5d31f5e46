"""Answers become a label set: labels, the shares of their options, agreed spans."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.arrow import arrow_schema
from builder.contracts.catalogue import LABELS, table
from builder.core.errors import DataError
from builder.labels.adjudicated import with_settled
from builder.labels.agreed_spans import Enough, agreed_spans
from builder.labels.ballots import ballots
from builder.labels.dawid_skene import Truth
from builder.labels.label_rows import About, Named, Rows, rows_of_spans, rows_of_verdicts
from builder.labels.marks import marks
from builder.labels.questions import Question
from builder.labels.settled import Place, Settled
from builder.labels.sheets import Sheet
from builder.labels.verdicts import Method, verdicts_of_one, verdicts_of_several

_CHOSEN = ("not chosen", "chosen")


@dataclass(frozen=True, slots=True)
class How:
    """How labels are made: the name of the set, the method for options, and what agreed spans need."""

    label_set: str
    method: Method = "majority"
    enough: Enough = field(default_factory=Enough)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What Dawid and Skene's method says of a question, or of one of its options.

    ``values`` are the options of a question for one; of an option they are not chosen and chosen.
    """

    config: str
    question: str
    option: str | None
    values: tuple[str, ...]
    annotators: tuple[str, ...]
    truth: Truth


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The tables by name, and the estimates that they rest on, none for the majority."""

    tables: Mapping[str, pa.Table]
    estimates: tuple[Estimate, ...]


def label_set(sheets: Iterable[Sheet], settled: Mapping[Place, Settled], how: How) -> LabelSet:
    """The label set of these annotations, in which what adjudicators settled wins.

    A question under a condition is labelled by those who were asked it, and has no label where nobody was.
    Free text is not labelled. Raises ``DataError`` where one question of one unit was asked under two configs.
    """
    made = [_labelled(sheet, question, how) for sheet in sheets for question in sheet.questionnaire.questions]
    tables: Rows = {name: _together(name, [rows[name] for rows, _ in made if rows]) for name in LABELS}
    _refuse_twice(tables["labels"])
    tables = with_settled(tables, settled, how.label_set)
    ordered = {
        name: each.sort_by([(one, "ascending") for one in table(name).order]) for name, each in tables.items()
    }
    return LabelSet(ordered, tuple(estimate for _, estimates in made for estimate in estimates))


def _labelled(sheet: Sheet, question: Question, how: How) -> tuple[Rows | None, tuple[Estimate, ...]]:
    place = About(how.label_set, sheet.unit_type, sheet.units, question.name)
    if question.kind == "spans":
        # Where nobody marked anything does not matter here, nor then do the lengths of texts.
        seen = marks(sheet, question, np.zeros(len(sheet.units), np.int64))
        return rows_of_spans(place, seen, agreed_spans(seen, how.enough), how.enough.annotators), ()
    votes = list(ballots(sheet, question))
    if not votes:
        return None, ()
    whole, *options = votes
    several = question.kind == "choices"
    method: Method = "majority" if question.kind == "number" else how.method
    verdicts, truths = (
        verdicts_of_several([each.votes for each in options], method)
        if several
        else verdicts_of_one(whole.votes, method)
    )
    names = tuple(str(each.option) for each in options) if several else whole.values
    rows = rows_of_verdicts(place, verdicts, Named(names, whole.numbers, several=several), method)
    about = [(name, _CHOSEN) for name in names] if several else [(None, names)]
    return rows, tuple(
        Estimate(sheet.questionnaire.title, question.name, option, values, sheet.annotators, truth)
        for (option, values), truth in zip(about, truths, strict=False)
    )


def _together(name: str, parts: Sequence[pa.Table]) -> pa.Table:
    return pa.concat_tables(parts) if parts else arrow_schema(name).empty_table()


def _refuse_twice(labels: pa.Table) -> None:
    key = list(table("labels").key)
    counted = labels.group_by(key, use_threads=False).aggregate([([], "count_all")])
    twice = counted.filter(pc.greater(counted["count_all"], 1)).sort_by([(one, "ascending") for one in key])
    if twice.num_rows:
        first = twice.slice(0, 1).to_pylist()[0]
        raise DataError(
            f"{first['question']} of {first['unit_type']} {first['unit_id']} was asked under two configs, and so "
            f"were {twice.num_rows - 1:,} others. Make a label set of the rounds of one: builder aggregate --round NAME"
        )
