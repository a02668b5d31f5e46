"""How the annotators under one config go about it: runs of equal answers, whole texts, hard content, suggestions."""

from collections.abc import Iterator, Sequence

from builder.labels.quality.anchoring import Anchoring
from builder.labels.quality.exposure import Day
from builder.labels.quality.figures import Figures
from builder.report.bars import Bar, Stack, bars, stacks
from builder.report.figure import Figure, Table
from builder.report.habits import MOST
from builder.report.legend import Key
from builder.report.palette import STYLES
from builder.report.points import Row, points
from builder.report.quality import key_of, point
from builder.report.scales import SHARES
from builder.report.study import slug
from builder.report.words import between, decimal, estimate, number, numeral, percent

_ALONE = (Key("spans over the whole of a long text", STYLES[0], "o"),)
_OUTCOMES = (Key("accepted", STYLES[0]), Key("changed", STYLES[1]), Key("removed", STYLES[2]))
_LONG = 5
"""Where nobody gave so many equal answers in a row there is nothing to draw."""


def conduct(found: Sequence[Figures]) -> Iterator[Figure]:
    """The figures about those who worked under one config on one type of unit; one without data is left out."""
    for drawn in (_runs, _whole, _severe, _suggested):
        yield from drawn(found)


def _runs(found: Sequence[Figures]) -> Iterator[Figure]:
    kept = [(one, one.run) for one in found if one.run]
    longest, run = max(kept, key=lambda each: (each[1].length, each[0].annotator_id), default=(None, None))
    if longest is None or run is None or run.length < _LONG:
        return
    words = (
        f"{longest.annotator_id} gave the same answers {run.length} times in a row, which others give "
        f"{percent(run.usual)} of the time. A long run of what is common says little: the table tells how likely it is."
    )
    rows = [Bar(one.annotator_id, of.length, numeral(of.length)) for one, of in kept[:MOST]]
    data = tuple(
        (one.annotator_id, numeral(of.length), percent(of.usual), _chance(of.chance), *_bits(one))
        for one, of in kept
    )
    head = (
        "Annotator",
        "Longest run",
        "Others give that answer",
        "Chance of such a run, at most",
        "Bits a question",
        "The others'",
    )
    yield Figure(key_of("runs", found), "Equal answers in a row", words, bars(rows), Table(head, data))


def _chance(value: float) -> str:
    return percent(value) if value >= 0.001 else "below 0.1 %"


def _bits(one: Figures) -> tuple[str, str]:
    if one.spread is None:
        return "–", "–"
    return decimal(one.spread.own), "–" if one.spread.others is None else decimal(one.spread.others)


def _whole(found: Sequence[Figures]) -> Iterator[Figure]:
    kept = [(one.annotator_id, one.whole.share) for one in found if one.whole and one.whole.share.n]
    if not kept:
        return
    who, most = max(kept, key=lambda each: (each[1].value or 0.0, each[0]))
    spans = number(sum(of.n for _, of in kept), "span")
    words = (
        f"Of {who}'s spans in texts of 100 characters or more {estimate(most)} cover the whole text."
        if most.value
        else f"Of {spans} in texts of 100 characters or more none covers the whole text."
    )
    rows = [Row(one, (point(of),), percent(of.value)) for one, of in kept[:MOST]]
    data = tuple(
        (one, numeral(of.n), percent(of.value), between(of.low, of.high, shares=True)) for one, of in kept
    )
    head = ("Annotator", "Spans in long texts", "Whole texts", "95 % interval")
    canvas = points(rows, _ALONE, SHARES, legend=False)
    yield Figure(key_of("whole", found), "Spans over whole texts", words, canvas, Table(head, data))


def _severe(found: Sequence[Figures]) -> Iterator[Figure]:
    kept = [(one.annotator_id, one.days, hardest_day(one.days)) for one in found if one.days]
    if not any(worst.severe for _, _, worst in kept):
        return
    who, _, worst = max(kept, key=lambda each: (each[2].severe, each[0]))
    met, severe = (
        sum(getattr(day, name) for _, days, _ in kept for day in days) for name in ("met", "severe")
    )
    words = (
        f"{who} met most in one day: {number(worst.severe, 'severe unit')} of {numeral(worst.met)} on {worst.day}. "
        f"In all, {percent(severe / met)} of what annotators met was severe."
    )
    rows = [Bar(one, of.severe, f"{numeral(of.severe)} of {numeral(of.met)}") for one, _, of in kept[:MOST]]
    data = tuple((one, *_exposed(days, of)) for one, days, of in kept)
    head = ("Annotator", "Days", "Units met", "Severe", "Severe a day", "Hardest day", "Severe on it")
    yield Figure(
        key_of("severe", found), "Severe units on the hardest day", words, bars(rows), Table(head, data)
    )


def hardest_day(days: Sequence[Day]) -> Day:
    """The day with most severe units; of equal ones the first."""
    return max(days, key=lambda day: (day.severe, -day.day.toordinal()))


def _exposed(days: Sequence[Day], worst: Day) -> tuple[str, ...]:
    severe = sum(day.severe for day in days)
    counts = (len(days), sum(day.met for day in days), severe)
    return (*map(numeral, counts), decimal(severe / len(days), 1), f"{worst.day}", numeral(worst.severe))


def _suggested(found: Sequence[Figures]) -> Iterator[Figure]:
    asked = dict.fromkeys(each.question for one in found for each in one.suggested)
    for question in asked:
        mine = [
            (one.annotator_id, each) for one in found for each in one.suggested if each.question == question
        ]
        yield _of_suggestions(
            slug("suggested", found[0].config, found[0].unit_type, question), question, mine
        )


def _of_suggestions(key: str, question: str, mine: Sequence[tuple[str, Anchoring]]) -> Figure:
    who, most = max(mine, key=lambda each: (each[1].accepted.value or 0.0, each[0]))
    words = f"{who} took most of a model's suggestions as they were: {estimate(most.accepted)}"
    words += f"; its answers are right on {estimate(most.model)}." if most.model else "."
    rows = [Stack(one, _parts(of), number(of.n, "suggestion")) for one, of in mine[:MOST]]
    data = tuple(
        (
            one,
            numeral(of.n),
            percent(of.accepted.value),
            between(of.accepted.low, of.accepted.high, shares=True),
            numeral(of.changed),
            numeral(of.removed),
            percent(of.model.value) if of.model else "–",
        )
        for one, of in mine
    )
    head = (
        "Annotator",
        "Suggestions",
        "Accepted",
        "95 % interval",
        "Changed",
        "Removed",
        "Model is right on",
    )
    return Figure(
        key, f"{question}: a model's suggestions", words, stacks(rows, _OUTCOMES), Table(head, data)
    )


def _parts(of: Anchoring) -> tuple[float, ...]:
    return (of.accepted.value or 0.0, of.changed / of.n, of.removed / of.n)
