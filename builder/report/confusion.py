"""The chapter about confusion: which answers are taken for each other, and how each annotator errs."""

from collections.abc import Iterator, Sequence

import numpy as np

from builder.labels.arrays import Ints
from builder.labels.ballots import ballots
from builder.labels.pairs import pair_tables
from builder.labels.questions import Question
from builder.labels.sheets import Sheet, given
from builder.report.figure import Figure, Section, Table, figures_html, to_come
from builder.report.markup import Html, tag
from builder.report.matrix import Cell, matrix
from builder.report.study import Confusion, Study, slug
from builder.report.words import number, numeral, percent

TITLE = "Confusion"
_MOST_VALUES = 16
_MOST_PEOPLE = 24


def confusion_section(study: Study) -> Section:
    """Confusion of answers between annotators, and against the truth as a label set estimated it."""
    found = list(_between(study.labels.sheets)) if study.labels else []
    if study.labels is None or not found:
        return to_come(
            "confusion",
            TITLE,
            "Confusion needs a question for one option, and units that two annotators or more have answered.",
            "builder push --overlap 2",
            "builder pull",
            "builder merge",
        )
    lead = (
        "What others said of a unit where one annotator gave the answer of a row. On the diagonal they agree."
    )
    parts = [figures_html(found)]
    if study.labels.confusions:
        parts += list(_estimated(study.labels.confusions))
    else:
        parts.append(
            tag(
                "p",
                "How each annotator errs against the most likely truth is shown here once there is a label set by "
                "Dawid and Skene's method: ",
                tag("code", "builder aggregate --method dawid-skene"),
                class_="note",
            )
        )
    return Section("confusion", TITLE, lead, tuple(parts))


def _between(sheets: Sequence[Sheet]) -> Iterator[Figure]:
    for sheet in sheets:
        for question in sheet.questionnaire.questions:
            if question.kind == "choice" and len(question.options) <= _MOST_VALUES:
                counts = coincidences(sheet, question)
                if counts.any():
                    yield _figure(sheet, question, counts)


def coincidences(sheet: Sheet, question: Question) -> Ints:
    """How often each two answers were given to one unit by two annotators: values x values, both ways round."""
    whole = next(ballots(sheet, question))
    tables = pair_tables(whole.votes).tables.sum(axis=0)
    both: Ints = tables + tables.T
    return both


def _figure(sheet: Sheet, question: Question, counts: Ints) -> Figure:
    values = given(sheet, question).values
    cells = [[_cell(int(one), int(row.sum())) for one in row] for row in counts]
    pairs = int(counts.sum()) // 2
    apart = np.triu(counts, 1)
    words = (
        f"{number(pairs, 'pair')} of answers to one unit, {percent(1 - apart.sum() / pairs)} of them equal. "
    )
    if apart.any():
        one, other = np.unravel_index(int(apart.argmax()), apart.shape)
        words += (
            f"Most often taken for each other are {values[one]} and {values[other]}: {numeral(int(apart.max()))} "
            f"of the {numeral(int(apart.sum()))} pairs that differ."
        )
    canvas = matrix(values, cells, ("one said", "another said of the same unit"))
    rows = tuple((value, *map(numeral, row)) for value, row in zip(values, counts.tolist(), strict=True))
    key = slug("confusion", sheet.questionnaire.title, sheet.unit_type, question.name)
    return Figure(key, question.name, words, canvas, Table(("One said, another said", *values), rows))


def _cell(count: int, total: int) -> Cell:
    return Cell(count / total if total else None, percent(count / total) if total else "")


def _estimated(found: Sequence[Confusion]) -> Iterator[Html]:
    yield tag("h3", f"Against the truth, as the label set {found[0].label_set} estimates it", class_="group")
    yield tag(
        "p",
        "Where the most likely truth is the answer of a row, how often the annotator says each answer (Dawid and "
        "Skene). The diagonal is how often the annotator is right.",
        class_="note",
    )
    whole = [one for one in found if one.option is None and len(one.values) <= _MOST_VALUES]
    each = [(one, name) for one in whole for name in sorted(one.by_annotator)]
    people = sorted(each, key=lambda pair: _accuracy(*pair)) if len(each) > _MOST_PEOPLE else each
    if len(people) > _MOST_PEOPLE:
        said = f"Shown are the {_MOST_PEOPLE} of {numeral(len(people))} matrices that are least often right."
        yield tag("p", said, class_="note")
    yield figures_html([_of_person(one, name) for one, name in people[:_MOST_PEOPLE]])


def _accuracy(one: Confusion, name: str) -> float:
    """How often an annotator is right, all true values alike."""
    return float(np.trace(np.array(one.by_annotator[name])) / max(1, len(one.values)))


def _of_person(one: Confusion, name: str) -> Figure:
    rates = one.by_annotator[name]
    right = [rates[place][place] for place in range(len(one.values))]
    low = min(range(len(right)), key=lambda place: (right[place], place))
    words = f"{name} is least often right where the truth is {one.values[low]}: in {percent(right[low])} of units."
    cells = [[Cell(rate, percent(rate)) for rate in row] for row in rates]
    canvas = matrix(one.values, cells, ("truth", f"{name} says"))
    rows = tuple((value, *map(percent, row)) for value, row in zip(one.values, rates, strict=True))
    key = slug("errors", one.label_set, one.config, one.question, name)
    return Figure(key, f"{one.question}: {name}", words, canvas, Table(("Truth, said", *one.values), rows))
