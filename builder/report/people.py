"""The chapter about annotators: for each what was done, how fast, how like the others, and which answers."""

from collections.abc import Iterator, Mapping, Sequence

from builder.labels.arrays import Floats
from builder.report.bars import Bar, bars
from builder.report.figure import Figure, Section, Table, figures_html, to_come
from builder.report.habits import MOST, habits
from builder.report.markup import Html, facts, tag
from builder.report.numbers import five, quantile
from builder.report.palette import STYLES
from builder.report.points import Spread, spreads
from builder.report.scales import seconds_scale
from builder.report.study import Labels, Study
from builder.report.words import number, numeral, percent, seconds
from builder.report.work import likeness, pooled, seconds_of

TITLE = "Annotators"


def people_section(study: Study) -> Section:
    """A panel for each annotator, and how they compare."""
    people = _people(study.labels) if study.labels else []
    if study.labels is None or not people:
        return to_come("annotators", TITLE, "Nobody's work was merged yet.", "builder pull", "builder merge")
    lead = f"{number(len(people), 'annotator')}, each by pseudonym; who they are is on the private list of the dataset."
    panels = tag("div", *(_panel(study.labels, one) for one in people), class_="panels")
    return Section("annotators", TITLE, lead, (panels, figures_html(tuple(_figures(study.labels, people)))))


def _people(labels: Labels) -> list[str]:
    """Everybody of whom something was merged or to whom tasks were given, sorted."""
    found = {one.annotator_id for one in labels.shares}
    return sorted(found | set(labels.tables["annotators"]["annotator_id"].to_pylist()))


def _panel(labels: Labels, person: str) -> Html:
    mine = [one for one in labels.shares if one.annotator_id == person]
    times = seconds_of(labels, person)
    alike = likeness(labels).get(person, {})
    rows = {row["annotator_id"]: row for row in labels.tables["annotators"].to_pylist()}
    known = rows.get(person)
    done, of = sum(one.done for one in mine), sum(one.of for one in mine)
    pairs = [
        ("Done", f"{numeral(done)} of {number(of, 'task')}"),
        ("Skipped", numeral(sum(one.skipped for one in mine))),
        ("Rejected", numeral(sum(one.rejected for one in mine))),
        ("Median time", seconds(quantile(times, 0.5)) if times.size else "unknown"),
        ("Same as others", percent(pooled(list(alike.values()))[0]) if alike else "not defined"),
    ]
    if known and known["first_at"]:
        first, last = (f"{known[name]:%Y-%m-%d}" for name in ("first_at", "last_at"))
        pairs.append(("At work", first if first == last else f"{first} to {last}"))
    if known and known["group"]:
        pairs.append(("Group", known["group"]))
    return tag("article", tag("h3", person), facts(pairs), class_="panel")


def _figures(labels: Labels, people: Sequence[str]) -> Iterator[Figure]:
    alike = likeness(labels)
    if alike:
        yield _alike(alike)
    timed = [(one, seconds_of(labels, one)) for one in people]
    timed = [(one, times) for one, times in timed if times.size]
    if timed:
        yield _pace(timed)
    for sheet in labels.sheets:
        for question in sheet.questionnaire.questions:
            if question.kind == "choice" and len(question.options) <= len(STYLES):
                yield from habits(sheet, question)


def _alike(alike: Mapping[str, Mapping[str, tuple[float, int]]]) -> Figure:
    whole = {person: pooled(list(by.values())) for person, by in alike.items()}
    order = sorted(whole, key=lambda one: (whole[one][0], one))
    words = (
        f"{order[0]} gave the same answer as others least often ({percent(whole[order[0]][0])} of pairs of answers), "
        f"{order[-1]} most often ({percent(whole[order[-1]][0])}). Whoever differs need not be wrong."
    )
    rows = [Bar(one, whole[one][0], percent(whole[one][0])) for one in order[:MOST]]
    questions = sorted({question for by in alike.values() for question in by})
    data = tuple(
        (
            one,
            percent(whole[one][0]),
            numeral(whole[one][1]),
            *(percent(alike[one][question][0]) if question in alike[one] else "–" for question in questions),
        )
        for one in order
    )
    head = ("Annotator", "All questions", "Pairs", *questions)
    return Figure("alike", "Same answers as others", words, bars(rows), Table(head, data))


def _pace(timed: Sequence[tuple[str, Floats]]) -> Figure:
    middles = {person: quantile(times, 0.5) for person, times in timed}
    order = sorted(middles, key=lambda one: (middles[one], one))
    words = (
        f"{order[0]} is fastest, with a median of {seconds(middles[order[0]])} an answer, {order[-1]} slowest, with "
        f"{seconds(middles[order[-1]])}. Boxes hold the middle half of the answers, lines the middle eight of ten."
    )
    rows = [Spread(person, five(times), seconds(middles[person])) for person, times in timed[:MOST]]
    canvas = spreads(rows, seconds_scale(max(row.quantiles[4] for row in rows)))
    data = tuple((person, numeral(len(times)), *map(seconds, five(times))) for person, times in timed)
    head = ("Annotator", "Answers", "10 %", "25 %", "Median", "75 %", "90 %")
    return Figure("pace", "Seconds an answer", words, canvas, Table(head, data))
