"""The chapter about time: how much was answered day by day, and how long an answer takes."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pyarrow.compute as pc

from builder.report.columns import histogram, stacked_columns
from builder.report.figure import Figure, Section, Table, figures_html, to_come
from builder.report.legend import Key
from builder.report.numbers import bin_names, bins, quantile
from builder.report.palette import STYLES
from builder.report.study import Labels, Study
from builder.report.words import number, numeral, seconds
from builder.report.work import seconds_of

TITLE = "Time"
_BOUNDS = (0, 5, 10, 20, 30, 60, 120, 300, 600)
_MOST_DAYS = 92
Days = Counter[tuple[date, str]]


def pace_section(study: Study) -> Section:
    """When answers were given, and how long they took."""
    days = _days(study.labels) if study.labels else Counter()
    if study.labels is None or not days:
        return to_come("time", TITLE, "No answers were merged yet.", "builder pull", "builder merge")
    times = seconds_of(study.labels)
    lead = f"{number(sum(days.values()), 'answer')} on {number(len({day for day, _ in days}), 'day')} (UTC)"
    lead += f", {seconds(float(times.sum()))} of work in all." if times.size else "."
    return Section("time", TITLE, lead, (figures_html(tuple(_figures(study.labels, days))),))


def _days(labels: Labels) -> Days:
    """How many answers that count each annotator first saved, day by day."""
    rows = labels.tables["annotations"]
    kept = rows.filter(pc.equal(rows["status"], "merged"))
    pairs = zip(kept["created_at"].to_pylist(), kept["annotator_id"].to_pylist(), strict=True)
    return Counter((at.date(), person or "unknown") for at, person in pairs)


def _figures(labels: Labels, days: Days) -> Iterator[Figure]:
    yield _per_day(days)
    times = seconds_of(labels)
    if times.size:
        found = bins(times, (*_BOUNDS, 10**9), [*map(str, _BOUNDS), ""])
        words = (
            f"Half of the answers took {seconds(quantile(times, 0.5))} or less, nine in ten "
            f"{seconds(quantile(times, 0.9))} or less. A task left open over lunch counts as long as lunch."
        )
        rows = tuple(zip(bin_names(found, last_open=True), map(numeral, found.counts), strict=True))
        canvas = histogram(found, "seconds an answer (steps grow)")
        yield Figure(
            "seconds", "Seconds an answer, all annotators", words, canvas, Table(("Seconds", "Answers"), rows)
        )


def _per_day(days: Days) -> Figure:
    """A column a day, or a week where there are many days."""
    step, starts = _steps(sorted({day for day, _ in days}))
    counts: Counter[tuple[date, str]] = Counter()
    for (day, person), many in days.items():
        counts[starts[0] + step * ((day - starts[0]) // step), person] += many
    people = sorted({person for _, person in days})
    series = people if 1 < len(people) <= len(STYLES) else []
    thing = "day" if step.days == 1 else "week"
    rows = [(start, tuple(counts[start, one] for one in people)) for start in starts]
    shown = [(f"{start:%m-%d}", parts if series else (sum(parts),)) for start, parts in rows]
    keys = [Key(one, style) for one, style in zip(series, STYLES, strict=False)]
    canvas = stacked_columns(shown, keys, f"answers, {thing} by {thing}, from {starts[0]:%Y-%m-%d}")
    data = tuple((f"{start:%Y-%m-%d}", *map(numeral, parts), numeral(sum(parts))) for start, parts in rows)
    words = _words([(start, sum(parts)) for start, parts in rows], thing)
    table = Table((thing.capitalize(), *people, "All"), data)
    return Figure("days", f"Answers {thing} by {thing}", words, canvas, table)


def _words(rows: list[tuple[date, int]], thing: str) -> str:
    start, most = max(rows, key=lambda row: (row[1], -row[0].toordinal()))
    idle = sum(not many for _, many in rows)
    was = "began on" if thing == "week" else "was"
    said = f"The busiest {thing} {was} {start:%Y-%m-%d}, with {number(most, 'answer')}."
    return said + (f" {number(idle, thing)} in between had none." if idle else "")


def _steps(days: list[date]) -> tuple[timedelta, list[date]]:
    first, last = days[0], days[-1]
    step = timedelta(days=1 if (last - first).days < _MOST_DAYS else 7)
    if step.days == 7:
        first -= timedelta(days=first.weekday())
    return step, [first + step * place for place in range((last - first) // step + 1)]
