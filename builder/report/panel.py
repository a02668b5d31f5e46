"""One annotator's figures in a few lines."""

from collections.abc import Iterator

from builder.labels.quality.figures import Figures
from builder.report.conduct import hardest_day
from builder.report.words import estimate, number, numeral, percent, seconds


def panel_facts(one: Figures) -> Iterator[tuple[str, str]]:
    """What is known of somebody's work under one config; what nothing is known of is left out."""
    yield "With the others", estimate(one.others)
    for about, known in (("With gold", one.gold), ("With themselves", one.oneself)):
        if known:
            yield about, estimate(known.agreement)
    if one.drift:
        first, _, last = one.drift.thirds
        yield "First to last third", f"{percent(first.value)} to {percent(last.value)}"
    yield "Median time", seconds(one.pace.median) if one.pace and one.pace.median is not None else "unknown"
    yield from _habits(one)
    yield from _content(one)


def _habits(one: Figures) -> Iterator[tuple[str, str]]:
    if one.run:
        yield "Equal answers in a row", numeral(one.run.length)
    if one.whole and one.whole.share.n:
        yield "Spans over whole texts", percent(one.whole.share.value)


def _content(one: Figures) -> Iterator[tuple[str, str]]:
    if any(day.severe for day in one.days):
        worst = hardest_day(one.days)
        yield "Hardest day", f"{worst.day}: {numeral(worst.severe)} severe"
    if one.suggested:
        taken = sum((each.accepted.value or 0.0) * each.n for each in one.suggested)
        total = sum(each.n for each in one.suggested)
        yield "Suggestions taken", f"{percent(taken / total)} of {number(total)}"
