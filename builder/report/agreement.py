"""The chapter about agreement: alpha and AC1 of each question and option; pairs of annotators are drawn elsewhere."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from builder.labels.agreement import Subject
from builder.labels.measures import Measures
from builder.report.figure import Figure, Section, Table, figures_html, to_come
from builder.report.legend import Key
from builder.report.markup import Html, tag
from builder.report.pairs import matrices
from builder.report.palette import STYLES
from builder.report.points import Point, Row, Scale, points
from builder.report.study import Labels, Study, slug
from builder.report.words import between, decimal, numeral, percent

TITLE = "Agreement"
_KEYS = (
    Key("alpha with its 95 % interval", STYLES[0], "o"),
    Key("AC1", STYLES[3], "D", filled=False),
)
_TICKS = ((-0.5, "\u22120.5"), (0.0, "0"), (0.5, "0.5"), (1.0, "1"))
_LEVELS = {
    "nominal": "equal or not",
    "ordinal": "ordered",
    "interval": "as numbers",
    "masi": "as sets",
    "characters": "by character",
}
_HEAD = (
    "",
    "Compared",
    "Units answered twice",
    "Raw",
    "Alpha",
    "95 % interval",
    "AC1",
    "Share",
    "Undefined because",
)
Measured = tuple[Subject, Measures]


def agreement_section(study: Study) -> Section:
    """Agreement on questions, on their options, and pair by pair."""
    if study.labels is None or not study.labels.measures:
        return to_come(
            "agreement",
            TITLE,
            "Agreement needs units that two annotators or more have answered.",
            "builder push --overlap 2",
            "builder pull",
            "builder merge",
        )
    lead = (
        "1 means that answers are always equal, 0 that they are equal no more than by chance, less than 0 that they "
        "are less. Read alpha and AC1 together: where an answer is rare, alpha falls though people err no more."
    )
    return Section("agreement", TITLE, lead, tuple(_parts(study.labels)))


def _parts(labels: Labels) -> Iterator[Html]:
    for config, group in groupby(labels.measures, lambda one: one[0].config):
        found = list(group)
        pairs = [one for one in labels.pairs if one[0].config == config and one[0].option is None]
        yield tag("h3", config, class_="group")
        yield figures_html([*_figures(config, found), *matrices(config, pairs)])


def _figures(config: str, found: Sequence[Measured]) -> Iterator[Figure]:
    wholes = [one for one in found if one[0].option is None]
    yield _figure(slug("agreement", config), "Agreement on each question", wholes, "question")
    for question, group in groupby(found, lambda one: one[0].question):
        options = [one for one in group if one[0].option is not None]
        if options:
            yield _figure(
                slug("agreement", config, question), f"{question}: option by option", options, "option"
            )


def _figure(key: str, title: str, found: Sequence[Measured], thing: str) -> Figure:
    rows = [_row(one) for one in found]
    least = min(
        (value for _, of in found for value in (of.alpha_low, of.alpha) if value is not None), default=0.0
    )
    low = -1.0 if least < -0.5 else -0.5 if least < 0 else 0.0
    ticks = ((-1.0, "\u22121"), *_TICKS) if low < -0.5 else _TICKS
    scale = Scale(low, 1.0, tuple(tick for tick in ticks if tick[0] >= low))
    data = tuple(_data(one) for one in found)
    head = (thing.capitalize(), *_HEAD[1:])
    return Figure(key, title, _words(found, thing), points(rows, _KEYS, scale), Table(head, data))


def _name(subject: Subject) -> str:
    return subject.option if subject.option is not None else subject.question


def _row(one: Measured) -> Row:
    subject, of = one
    alpha = Point(of.alpha, of.alpha_low, of.alpha_high)
    said = decimal(of.alpha) if of.alpha is not None else "not defined"
    return Row(_name(subject), (alpha, Point(of.ac1)), said)


def _words(found: Sequence[Measured], thing: str) -> str:
    known = sorted(
        ((of.alpha, _name(subject), of) for subject, of in found if of.alpha is not None), key=lambda x: x[:2]
    )
    missing = [f"{_name(subject)} ({of.undefined})" for subject, of in found if of.alpha is None]
    said = f"Alpha is not defined for {', '.join(missing)}." if missing else ""
    if not known:
        return said
    (low, worst, of), (high, best, _) = known[0], known[-1]
    interval = between(of.alpha_low, of.alpha_high)
    about = f"{decimal(low)}, {interval}" if interval else decimal(low)
    if len(known) == 1:
        return f"Alpha of {worst} is {about}. {said}".strip()
    return f"Alpha is lowest for the {thing} {worst} ({about}) and highest for {best} ({decimal(high)}). {said}".strip()


def _data(one: Measured) -> tuple[str, ...]:
    subject, of = one
    return (
        _name(subject),
        _LEVELS[subject.level],
        f"{numeral(of.n_double)} of {numeral(of.n_units)}",
        percent(of.raw),
        decimal(of.alpha),
        between(of.alpha_low, of.alpha_high),
        "" if of.ac1 is None else decimal(of.ac1),
        "" if of.prevalence is None else percent(of.prevalence),
        of.undefined or "",
    )
