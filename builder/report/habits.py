"""Which answers each annotator gives, question by question."""

from collections.abc import Iterator

import numpy as np

from builder.labels.questions import Question
from builder.labels.sheets import Sheet, given
from builder.report.bars import Stack, stacks
from builder.report.figure import Figure, Table
from builder.report.legend import Key
from builder.report.palette import STYLES
from builder.report.study import slug
from builder.report.words import number, numeral, percent

MOST = 30
"""So many annotators are drawn; the tables have them all."""


def _difference(option: str, least: float, most: float) -> str:
    """Where annotators differ most, in words."""
    if percent(least) == percent(most):
        return "They hardly differ. Not all saw the same units."
    return (
        f"They differ most in {option}: from {percent(least)} to {percent(most)} of an annotator's answers. Not all "
        "saw the same units."
    )


def habits(sheet: Sheet, question: Question) -> Iterator[Figure]:
    """Which options each annotator gives; all saw other units, so that some difference is chance."""
    answers = given(sheet, question)
    if not answers.entries.size:
        return
    n_people, n_values = len(sheet.annotators), len(answers.values)
    cells = sheet.annotator[answers.entries] * n_values + answers.value
    counts = np.bincount(cells, minlength=n_people * n_values).reshape(n_people, n_values)
    total = counts.sum(axis=1)
    shares = counts / np.maximum(1, total)[:, None]
    apart = np.ptp(shares[total > 0], axis=0)
    option = int(apart.argmax())
    least, most = (float(each) for each in (shares[total > 0, option].min(), shares[total > 0, option].max()))
    words = f"Which answers each annotator gives. {_difference(answers.values[option], least, most)}"
    rows = [
        Stack(person, tuple(row), number(int(many), "answer"))
        for person, row, many in zip(sheet.annotators, shares.tolist(), total.tolist(), strict=True)
    ]
    keys = [Key(value, style) for value, style in zip(answers.values, STYLES, strict=False)]
    data = tuple(
        (person, *map(percent, row), numeral(int(many)))
        for person, row, many in zip(sheet.annotators, shares.tolist(), total.tolist(), strict=True)
    )
    key = slug("habits", sheet.questionnaire.title, sheet.unit_type, question.name)
    table = Table(("Annotator", *answers.values, "Answers"), data)
    yield Figure(key, f"{question.name}: annotator by annotator", words, stacks(rows[:MOST], keys), table)
