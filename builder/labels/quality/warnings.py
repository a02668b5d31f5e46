"""What is worth a look in somebody's figures, said with its evidence; nobody is judged by this."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from builder.labels.proportions import Share, difference
from builder.labels.quality.figures import Figures

SHOWN = 10
"""So many units are named with a warning, the most telling first."""


@dataclass(frozen=True, slots=True)
class Conventions:
    """From where on something is worth a look. All of these are conventions, not laws of nature.

    Where an interval exists, it has to lie beyond the limit as a whole, so that few cases warn of nothing.

    least: fewer answers, units or spans than this, and nothing is claimed.
    below: so much less agreement with the majority than the others have.
    gold, oneself: the agreement with gold, and with oneself, that a careful person reaches.
    fast: the share of answers far faster than is usual (modified z below -3.5 on a logarithmic scale).
    times: so many times faster than the others in the median.
    skips: the share of tasks that were skipped.
    run, chance: a run of so many equal answers, and so improbable for somebody who answers as the others do.
    spread: the entropy of the answers, as a part of the others'.
    whole: the share of spans in long texts that are the whole text.
    change: so much more or less agreement in the last third of the work than in the first.
    severe: so many severe units a day.
    """

    least: int = 20
    below: float = 0.1
    gold: float = 0.8
    oneself: float = 0.8
    fast: float = 0.1
    times: float = 3.0
    skips: float = 0.2
    run: int = 15
    chance: float = 1e-4
    spread: float = 0.5
    whole: float = 0.2
    change: float = 0.1
    severe: int = 50


USUAL = Conventions()


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning: its kind in a word, the evidence in a sentence, units to look at."""

    kind: str
    evidence: str
    units: tuple[str, ...] = ()


def warnings_of(one: Figures, usual: Conventions = USUAL) -> tuple[Warned, ...]:
    """All warnings that the figures of an annotator give rise to."""
    return tuple(found for check in _CHECKS for found in check(one, usual))


def _fast(one: Figures, usual: Conventions) -> Iterator[Warned]:
    pace = one.pace
    if pace is None or pace.n < usual.least or pace.others is None or pace.median is None:
        return
    if pace.median * usual.times < pace.others:
        said = (
            f"half of the answers took {pace.median:.1f} s or less; the others' median is {pace.others:.1f} s"
        )
        yield Warned("fast", said, pace.fast[:SHOWN])
    elif len(pace.fast) >= usual.fast * pace.n:
        said = f"{len(pace.fast)} of {pace.n} answers came far faster than the others' (median {pace.others:.1f} s)"
        yield Warned("fast", said, pace.fast[:SHOWN])


def _disagrees(one: Figures, usual: Conventions) -> Iterator[Warned]:
    apart = difference(one.others, one.theirs)
    if apart and one.others.n >= usual.least and apart.high < 0 and apart.value <= -usual.below:
        said = (
            f"agrees with the majority of the others on {_percent(one.others)}; the others do on "
            f"{_percent(one.theirs)}"
        )
        yield Warned("disagrees", said, one.unlike[:SHOWN])


def _gold(one: Figures, usual: Conventions) -> Iterator[Warned]:
    known = one.gold
    if known and known.agreement.n >= usual.least and (known.agreement.high or 0) < usual.gold:
        said = f"agrees with gold on {_percent(known.agreement)}, below {100 * usual.gold:.0f} %"
        yield Warned("gold", said, known.unlike[:SHOWN])


def _oneself(one: Figures, usual: Conventions) -> Iterator[Warned]:
    again = one.oneself
    if again and again.agreement.n >= usual.least and (again.agreement.high or 0) < usual.oneself:
        said = f"answers a unit that comes again as before on {_percent(again.agreement)}"
        yield Warned("inconsistent", said, again.unlike[:SHOWN])


def _drift(one: Figures, usual: Conventions) -> Iterator[Warned]:
    if one.drift is None:
        return
    first, _, last = one.drift.thirds
    change = one.drift.change
    if change.high < 0 and change.value <= -usual.change:
        said = (
            f"agreed with the others on {_percent(first)} in the first third, on {_percent(last)} in the last"
        )
        yield Warned("drift", said, one.unlike[:SHOWN])


def _run(one: Figures, usual: Conventions) -> Iterator[Warned]:
    run = one.run
    if run and run.length >= usual.run and run.chance < usual.chance:
        said = (
            f"{run.length} equal answers in a row, which others give {100 * run.usual:.0f} % of the time: "
            f"by chance less than once in {1 / usual.chance:,.0f} times"
        )
        yield Warned("straight-lining", said, run.units[:SHOWN])


def _spread(one: Figures, usual: Conventions) -> Iterator[Warned]:
    spread = one.spread
    if spread is None or spread.n < usual.least or spread.others is None:
        return
    if spread.others > 0.3 and spread.own < usual.spread * spread.others:
        said = (
            f"{spread.own:.2f} bits of difference in {spread.n} answers; the others' have {spread.others:.2f}"
        )
        yield Warned("monotone", said)


def _skips(one: Figures, usual: Conventions) -> Iterator[Warned]:
    skips, seen = one.counts.skips, one.counts.answers + one.counts.skips
    if seen >= usual.least and skips > usual.skips * seen:
        yield Warned("skips", f"skipped {skips} of {seen} tasks")


def _whole(one: Figures, usual: Conventions) -> Iterator[Warned]:
    whole = one.whole
    if whole and whole.share.n >= usual.least and (whole.share.low or 0) > usual.whole:
        said = f"{_percent(whole.share, 'spans')} of the spans in long texts cover the whole text"
        yield Warned("whole-text spans", said, whole.units[:SHOWN])


def _exposure(one: Figures, usual: Conventions) -> Iterator[Warned]:
    hard = [day for day in one.days if day.severe > usual.severe]
    if hard:
        worst = max(hard, key=lambda day: day.severe)
        often = f"more than {usual.severe} on {len(hard)} of {len(one.days)} days"
        said = f"{worst.severe} severe units on {worst.day}, {often}"
        yield Warned("exposure", said)


def _anchored(one: Figures, usual: Conventions) -> Iterator[Warned]:
    for found in one.suggested:
        promised = found.model
        if promised is None or found.n < usual.least or promised.high is None:
            continue
        if (found.accepted.low or 0) > promised.high:
            said = (
                f"{found.question}: {_percent(found.accepted, 'suggestions')} of the suggestions were taken as "
                f"they were, though the model is right on {_percent(promised)}"
            )
            yield Warned("anchored", said)


def _percent(one: Share, things: str = "units") -> str:
    if one.value is None or one.low is None or one.high is None:
        return "nothing"
    return f"{100 * one.value:.0f} % ({100 * one.low:.0f} to {100 * one.high:.0f}, {one.n} {things})"


_CHECKS: tuple[Callable[[Figures, Conventions], Iterator[Warned]], ...] = (
    _fast, _disagrees, _gold, _oneself, _drift, _run, _spread, _skips, _whole, _exposure, _anchored
)  # fmt: skip
