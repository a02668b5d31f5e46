"""The chapter about annotators: warnings first, a panel for each, then how they compare under each config."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pyarrow.compute as pc

from builder.report.conduct import conduct
from builder.report.figure import Figure, Section, command, figures_html, to_come
from builder.report.habits import habits
from builder.report.markup import Html, facts, joined, tag
from builder.report.palette import STYLES
from builder.report.panel import panel_facts
from builder.report.quality import comparisons
from builder.report.study import Labels, Study
from builder.report.warned import warnings_html
from builder.report.words import number, numeral

TITLE = "Annotators"
_LEAD = (
    ", each by pseudonym; who they are is on the private list of the dataset. The same figures in the terminal, with "
    "names: "
)
_NO_CHECKS = "How careful and how steady people are is shown once tasks are mixed with gold and repeats: "


def people_section(study: Study) -> Section:
    """What is worth a look, a panel for each annotator, and how they compare."""
    people = _people(study.labels) if study.labels else []
    if study.labels is None or not people:
        return to_come("annotators", TITLE, "Nobody's work was merged yet.", "builder pull", "builder merge")
    lead = joined((number(len(people), "annotator"), _LEAD, command("builder quality")))
    panels = tag("div", *(_panel(study.labels, one) for one in people), class_="panels")
    return Section("annotators", TITLE, lead, (warnings_html(study.labels), panels, *_compared(study.labels)))


def _people(labels: Labels) -> list[str]:
    """Everybody of whom something was merged or to whom tasks were given, sorted."""
    found = {one.annotator_id for one in labels.shares}
    return sorted(found | set(labels.tables["annotators"]["annotator_id"].to_pylist()))


def _panel(labels: Labels, person: str) -> Html:
    mine = [(one, warned) for one, warned in labels.quality if one.annotator_id == person]
    parts = [facts(_work(labels, person))]
    for one, warned in mine:
        parts += [tag("p", one.config, class_="config")] if len(mine) > 1 else []
        parts.append(facts(panel_facts(one)))
        if warned:
            parts.append(tag("p", f"Warnings: {', '.join(each.kind for each in warned)}", class_="warning"))
    return tag("article", tag("h3", person), *parts, class_="panel")


def _work(labels: Labels, person: str) -> Iterator[tuple[str, str]]:
    mine = [one for one in labels.shares if one.annotator_id == person]
    if mine:
        yield (
            "Done",
            f"{numeral(sum(one.done for one in mine))} of {number(sum(one.of for one in mine), 'task')}",
        )
        yield "Skipped", numeral(sum(one.skipped for one in mine))
        yield "Rejected", numeral(sum(one.rejected for one in mine))
    rows = {row["annotator_id"]: row for row in labels.tables["annotators"].to_pylist()}
    yield from _known(rows.get(person, {}))
    if _settles_only(labels, person):
        yield "Role", "adjudicator"


def _known(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if row.get("first_at"):
        first, last = (f"{row[name]:%Y-%m-%d}" for name in ("first_at", "last_at"))
        yield "At work", first if first == last else f"{first} to {last}"
    if row.get("group"):
        yield "Group", row["group"]


def _settles_only(labels: Labels, person: str) -> bool:
    """Whether all that somebody did was to settle what others disagreed about."""
    rows = labels.tables["annotations"]
    origins = rows.filter(pc.fill_null(pc.equal(rows["annotator_id"], person), fill_value=False))["origin"]
    return set(origins.to_pylist()) == {"adjudication"}


def _compared(labels: Labels) -> Iterator[Html]:
    """The figures of those who worked under the same config on the same type of unit."""
    for kind, group in groupby(labels.quality, lambda one: (one[0].config, one[0].unit_type)):
        found = [one for one, _ in group]
        figures = [*comparisons(found), *conduct(found), *_habits(labels, kind)]
        if figures:
            yield tag("h3", kind[0], class_="group")
            yield figures_html(figures)
        if not any(one.gold or one.oneself for one in found):
            yield tag("p", _NO_CHECKS, command("builder push --gold 10 --repeat 10"), class_="note")


def _habits(labels: Labels, kind: tuple[str, str]) -> Iterator[Figure]:
    for sheet in labels.sheets:
        if (sheet.questionnaire.title, sheet.unit_type) == kind:
            for question in sheet.questionnaire.questions:
                if question.kind == "choice" and len(question.options) <= len(STYLES):
                    yield from habits(sheet, question)
