"""The figures of annotators as a person reads them: one table of all, then a paragraph on each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from builder.cli.screen import columns, legend, number, styled

if TYPE_CHECKING:
    from builder.labels.proportions import Share
    from builder.labels.quality.figures import Figures
    from builder.run.labels.quality import Quality

_HEAD = ("", "answers", "skips", "seconds", "with the others", "gold", "again", "warnings")
_WORDS = {
    "seconds": "Median of the time that a task was open.",
    "with the others": "Answers that the majority of the others gave too, a mean over the questions that must be "
    "answered; the interval holds 95 %, the last number is that of units.",
    "gold, again": "The same for units whose answers are known, and for units that came again.",
    "variety": "How evenly somebody uses the options, in bits: 0 if always the same, 1 if two equally often.",
}
_REMARK = "Limits of warnings are conventions. Look at the units before you think anything of anybody."


def reading() -> Group:
    """How the figures are to be read."""
    return legend(_WORDS, _REMARK)


def summary(people: "Sequence[Quality]", names: Mapping[str, str]) -> Table:
    """One row an annotator."""
    rows = [_row(one, names) for one in people]
    return columns([[Text(each, "dim") for each in _HEAD], *rows], right=range(1, len(_HEAD)))


def _row(one: "Quality", names: Mapping[str, str]) -> list[Text]:
    of = one.figures
    warnings = len(one.warnings)
    return [
        styled(names.get(of.annotator_id, of.annotator_id), "bold"),
        Text(f"{of.counts.answers:,}"),
        Text(f"{of.counts.skips:,}"),
        Text(f"{of.pace.median:.0f}" if of.pace and of.pace.median is not None else ""),
        Text(_interval(of.others)),
        Text(_percent(of.gold.agreement if of.gold else None)),
        Text(_percent(of.oneself.agreement if of.oneself else None)),
        Text(f"{warnings}", "bold yellow") if warnings else Text("none", "green"),
    ]


def _percent(one: "Share | None") -> str:
    return "" if one is None or one.value is None else f"{100 * one.value:.0f} %"


def _interval(one: "Share | None") -> str:
    if one is None or one.low is None or one.high is None:
        return ""
    return f"{_percent(one)} ({100 * one.low:.0f} to {100 * one.high:.0f})"


def _share(one: "Share") -> str:
    return f"{_interval(one)[:-1]}, {one.n})" if one.n else "nothing"


def annotator_lines(one: "Quality") -> Iterator[list[Text]]:
    """All that is to be said of one annotator: a word on what it is about, then the words."""
    for about, said in (
        *_work(one.figures),
        *_questions(one.figures),
        *_course(one.figures),
        *_habits(one.figures),
    ):
        yield [Text(about, "dim"), styled(said)]
    for warned in one.warnings:
        yield [Text(warned.kind, "bold yellow"), styled(warned.evidence, "yellow")]
        if warned.units:
            yield [Text("look at", "dim"), styled(" ".join(warned.units), "dim")]


def _work(of: "Figures") -> Iterator[tuple[str, str]]:
    counts = ((of.counts.drafts, "in draft"), (of.counts.rejected, "rejected"))
    rest = "".join(f", {count:,} {word}" for count, word in counts if count)
    yield "tasks", f"{of.counts.answers:,} answered, {of.counts.skips:,} skipped{rest}"
    if of.pace and of.pace.low is not None:
        yield "seconds", f"{of.pace.low:.0f} to {of.pace.high:.0f} for the middle half of the answers"
    for about, known in (("gold", of.gold), ("again", of.oneself)):
        if known:
            yield about, _share(known.agreement)


def _questions(of: "Figures") -> Iterator[tuple[str, str]]:
    for one in of.questions:
        kappa = one.kappa
        said = _share(one.agreement)
        if kappa:
            said += f", kappa {kappa.value:.2f} ({kappa.low:.2f} to {kappa.high:.2f}, with {kappa.n_others})"
        yield one.question, said


def _course(of: "Figures") -> Iterator[tuple[str, str]]:
    if of.drift:
        thirds = ", ".join(f"{100 * (each.value or 0):.0f} %" for each in of.drift.thirds)
        change = of.drift.change
        moved = f"{100 * change.value:+.0f} ({100 * change.low:+.0f} to {100 * change.high:+.0f})"
        yield "over time", f"with the others {thirds} in each third: {moved}"
    hard = [day for day in of.days if day.severe]
    if hard:
        worst = max(hard, key=lambda day: (day.severe, day.day))
        total = sum(day.severe for day in of.days)
        yield (
            "hard content",
            f"{total} severe of {sum(day.met for day in of.days)} met; most on {worst.day}: {worst.severe}",
        )


def _habits(of: "Figures") -> Iterator[tuple[str, str]]:
    if of.run and of.run.length > 1:
        yield "longest run", f"{of.run.length} equal answers"
    if of.spread and of.spread.others is not None:
        yield "variety", f"{of.spread.own:.2f} bits a question; the others {of.spread.others:.2f}"
    if of.whole and of.whole.units:
        yield "spans", f"{number(len(of.whole.units), 'unit')} with a span over the whole of a long text"
    for one in of.suggested:
        said = (
            f"{_share(one.accepted)} of the suggestions taken, {one.changed} changed, {one.removed} removed"
        )
        yield f"suggested {one.question}", said
