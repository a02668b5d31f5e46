"""The chapter about labels: how often each answer was given, question by question."""

from collections.abc import Iterator

import pyarrow.compute as pc

from builder.labels.questions import Question
from builder.labels.sheets import Sheet
from builder.report.figure import Figure, Section, Table, command, figures_html, to_come
from builder.report.finals import final_figures
from builder.report.frequencies import Frequency, frequencies
from builder.report.legend import Key
from builder.report.markup import Html, tag
from builder.report.palette import STYLES
from builder.report.points import Point, Row, points
from builder.report.scales import SHARES
from builder.report.study import Labels, Study, slug
from builder.report.words import between, number, numeral, percent

TITLE = "Labels"
_KEYS = (Key("share", STYLES[0], "o"),)
KINDS = {
    "choice": "one option",
    "choices": "any number of options",
    "spans": "marked text: the share of units in which an annotator marked it",
    "number": "a number",
    "text": "free text",
}


def distributions_section(study: Study) -> Section:
    """The distribution of the answers to each question."""
    if study.labels is None or not study.labels.sheets:
        return to_come(
            "labels",
            TITLE,
            "There are no merged answers yet.",
            "builder push --help",
            "builder pull",
            "builder merge",
        )
    lead = (
        "Answers as annotators gave them, before anything is made of disagreements. Each unit counts once, however "
        "many answered it; lines are 95 % intervals (Wilson, by the number of units)."
    )
    parts = [part for sheet in study.labels.sheets for part in _of_sheet(sheet)]
    return Section("labels", TITLE, lead, (*parts, *_final(study.labels)))


def _final(labels: Labels) -> Iterator[Html]:
    """The labels of the last label set; where there is none, how to make one."""
    if labels.final is None:
        yield tag("p", "One label of several answers: ", command("builder aggregate"), class_="note")
        return
    asked = {one.name: one for sheet in labels.sheets for one in sheet.questionnaire.questions}
    yield tag(
        "h3", f"One label a unit: label set {labels.final.label_set}, {labels.final.method}", class_="group"
    )
    yield figures_html(list(final_figures(labels.final, list(asked.values()))))


def sheet_head(sheet: Sheet) -> Html:
    """The heading of what belongs to one labelling config."""
    said = f"{sheet.questionnaire.title}: {number(len(sheet.units), sheet.unit_type)}"
    return tag("h3", f"{said}, {number(len(sheet.annotators), 'annotator')}", class_="group")


def _of_sheet(sheet: Sheet) -> Iterator[Html]:
    yield sheet_head(sheet)
    found = ((question, frequencies(sheet, question)) for question in sheet.questionnaire.questions)
    yield figures_html([_figure(sheet, question, rows) for question, rows in found if rows])
    texts = [one for one in sheet.questionnaire.questions if one.kind == "text"]
    for question in texts:
        many = len(
            set(sheet.answers.filter(pc.equal(sheet.answers["question"], question.name))["entry"].to_pylist())
        )
        yield tag("p", f"{question.name} (free text): {number(many, 'annotation')} with one.", class_="note")


def _figure(sheet: Sheet, question: Question, found: tuple[Frequency, ...]) -> Figure:
    asked, units = found[0].asked, found[0].share.n
    often = max(found, key=lambda one: one.share.value or 0.0)
    words = f"{KINDS[question.kind].capitalize()}; {number(asked, 'answer')} to {number(units, sheet.unit_type)}. "
    words += (
        f"Most frequent is {often.option}: {percent(often.share.value)} "
        f"({between(often.share.low, often.share.high, shares=True)})."
        if often.times
        else "None was ever chosen."
    )
    rows = [
        Row(one.option, (Point(one.share.value, one.share.low, one.share.high),), percent(one.share.value))
        for one in found
    ]
    data = tuple(
        (
            one.option,
            numeral(one.times),
            numeral(one.asked),
            percent(one.share.value),
            between(one.share.low, one.share.high, shares=True),
        )
        for one in found
    )
    head = ("Answer", "Times given", "Of answers", "Share of units", "95 % interval")
    key = slug("labels", sheet.questionnaire.title, sheet.unit_type, question.name)
    return Figure(key, question.name, words, points(rows, _KEYS, SHARES, legend=False), Table(head, data))
