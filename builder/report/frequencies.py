"""How often each answer was given: the share of each option over units, with its interval."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from builder.labels.arrays import Bools, Ints, ints
from builder.labels.proportions import Share, share
from builder.labels.questions import Question
from builder.labels.sheets import Sheet, asked_entries, chosen, given

MANY_NUMBERS = 12
"""Numbers of more different values than this are not taken value by value."""


@dataclass(frozen=True, slots=True)
class Frequency:
    """An answer: how many gave it of how many who were asked, and its share of units, each unit counted once."""

    option: str
    times: int
    asked: int
    share: Share


def frequencies(sheet: Sheet, question: Question) -> tuple[Frequency, ...]:
    """Each option of a question, or label, or number; nothing for texts and for numbers of many values.

    The share of an option is the mean over units of the share of their answers that have it. The interval is
    Wilson's with the number of units, as answers to one unit do not stand for as many units.
    """
    return tuple(_frequency(sheet, *one) for one in _answers(sheet, question))


def _answers(sheet: Sheet, question: Question) -> Iterator[tuple[str, Ints, Bools]]:
    """Each option with the annotations that were asked about it, and whether they have it."""
    if question.kind == "spans":
        entries = np.flatnonzero(asked_entries(sheet, question))
        rows = sheet.spans.filter(pc.equal(sheet.spans["question"], question.name))
        for label in question.options:
            marked = ints(rows.filter(pc.equal(rows["label"], label))["entry"])
            yield label, entries, np.isin(entries, marked)
    elif question.kind == "choices":
        answers = given(sheet, question)
        entries = np.flatnonzero(answers.asked)
        picked = chosen(answers)
        for place, option in enumerate(answers.values):
            yield option, entries, picked[entries, place]
    elif question.kind != "text":
        answers = given(sheet, question)
        if question.kind == "choice" or len(answers.values) <= MANY_NUMBERS:
            for place, option in enumerate(answers.values):
                yield option, answers.entries, answers.value == place


def _frequency(sheet: Sheet, option: str, entries: Ints, has: Bools) -> Frequency:
    units = sheet.unit[entries]
    size = np.bincount(units, minlength=len(sheet.units))
    with_it = np.bincount(units, has, minlength=len(sheet.units))
    some = size > 0
    total = float((with_it[some] / size[some]).sum())
    return Frequency(option, int(has.sum()), len(entries), share(total, int(some.sum())))
