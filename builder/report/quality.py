"""How the annotators under one config compare: with the others, with gold, with themselves, over time, in pace."""

from collections.abc import Iterator, Sequence

from builder.labels.proportions import Share
from builder.labels.quality.figures import Figures, OnQuestion
from builder.labels.quality.known import Comparison
from builder.report.figure import Figure, Table
from builder.report.habits import MOST
from builder.report.legend import Key
from builder.report.palette import STYLES
from builder.report.points import Point, Row, Spread, points, spreads
from builder.report.scales import SHARES, seconds_scale
from builder.report.study import slug
from builder.report.words import between, decimal, difference, estimate, moved, numeral, percent, seconds

_ALONE = (Key("agreement with the majority of the others", STYLES[0], "o"),)
_KNOWN = (Key("gold", STYLES[0], "o"), Key("the same unit again", STYLES[3], "D", filled=False))
_COURSE = (Key("first third", STYLES[3], "D", filled=False), Key("last third", STYLES[0], "o"))


def comparisons(found: Sequence[Figures]) -> Iterator[Figure]:
    """The figures about those who worked under one config on one type of unit; one without data is left out."""
    for drawn in (_others, _known, _course, _pace):
        yield from drawn(found)


def key_of(name: str, found: Sequence[Figures]) -> str:
    """The id of a figure of that name about these annotators."""
    return slug(name, found[0].config, found[0].unit_type)


def _others(found: Sequence[Figures]) -> Iterator[Figure]:
    met = sorted((one for one in found if one.others.n), key=lambda one: one.others.value or 0.0)
    if not met:
        return
    rows = [Row(one.annotator_id, (point(one.others),), percent(one.others.value)) for one in met[:MOST]]
    questions = dict.fromkeys(each.question for one in met for each in one.questions)
    head = ("Annotator", "Agreement", "95 % interval", "Units", *questions)
    told = [{each.question: each for each in one.questions} for one in met]
    data = tuple(
        (one.annotator_id, *_told(one.others), *(_on(each.get(name)) for name in questions))
        for one, each in zip(met, told, strict=True)
    )
    canvas = points(rows, _ALONE, SHARES, legend=False)
    words = _apart(met[0], met[-1])
    yield Figure(key_of("others", met), "Agreement with the others", words, canvas, Table(head, data))


def _apart(least: Figures, most: Figures) -> str:
    if least.others.value == most.others.value:
        return f"All agree equally often with the majority of the others: {estimate(least.others)}."
    return (
        f"{least.annotator_id} agrees least often with the majority of the others: {estimate(least.others)}; "
        f"{most.annotator_id} most often: {estimate(most.others)}. Whoever differs need not be wrong."
    )


def _on(one: OnQuestion | None) -> str:
    """Agreement on one question, with kappa where there is one."""
    if one is None:
        return "–"
    said = percent(one.agreement.value)
    return f"{said}, kappa {decimal(one.kappa.value)}" if one.kappa else said


def _known(found: Sequence[Figures]) -> Iterator[Figure]:
    kept = [one for one in found if one.gold or one.oneself]
    if not kept:
        return
    both = [(one.annotator_id, _of(one.gold), _of(one.oneself)) for one in kept]
    gold = _least("answers units of known answer (gold) right", [each[:2] for each in both])
    again = _least("answers a unit that comes again as before", [(who, again) for who, _, again in both])
    words = " ".join((*gold, *again))
    rows = [Row(who, (point(gold), point(again)), _beside(gold, again)) for who, gold, again in both[:MOST]]
    data = tuple((who, *_told(gold), *_told(again)) for who, gold, again in both)
    head = ("Annotator", "Gold", "95 % interval", "Units", "Again", "95 % interval", "Units")
    title = "Agreement with gold and with oneself"
    yield Figure(key_of("known", kept), title, words, points(rows, _KNOWN, SHARES), Table(head, data))


def _of(one: Comparison | None) -> Share:
    return one.agreement if one else Share(0)


def _least(does: str, shares: Sequence[tuple[str, Share]]) -> Iterator[str]:
    known = sorted((one.value, who, one) for who, one in shares if one.value is not None)
    if known and known[0][0] == known[-1][0]:
        yield f"Everybody {does} equally often: {estimate(known[0][2])}."
    elif known:
        yield f"{known[0][1]} least often {does}: {estimate(known[0][2])}."


def _beside(gold: Share, again: Share) -> str:
    return " / ".join("–" if one.value is None else percent(one.value) for one in (gold, again))


def _course(found: Sequence[Figures]) -> Iterator[Figure]:
    kept = [(one.annotator_id, one.drift) for one in found if one.drift]
    if not kept:
        return
    who, worst = max(kept, key=lambda each: (abs(each[1].change.value), each[0]))
    change = worst.change
    words = (
        f"{who} changed most in how often they agree with the majority of the others: by {difference(change)} "
        "percentage points from the first third of their work to the last. An interval that holds 0 may be chance."
    )
    rows = [
        Row(one, (point(of.thirds[0]), point(of.thirds[2])), moved(of.change.value))
        for one, of in kept[:MOST]
    ]
    data = tuple(
        (one, *(percent(each.value) for each in of.thirds), difference(of.change)) for one, of in kept
    )
    head = ("Annotator", "First third", "Second third", "Last third", "Change (95 % interval)")
    canvas = points(rows, _COURSE, SHARES)
    yield Figure(
        key_of("drift", found), "Agreement in the course of the work", words, canvas, Table(head, data)
    )


def _pace(found: Sequence[Figures]) -> Iterator[Figure]:
    kept = [
        (one.annotator_id, one.pace, (one.pace.low, one.pace.median, one.pace.high))
        for one in found
        if one.pace and one.pace.low is not None and one.pace.median is not None and one.pace.high is not None
    ]
    if not kept:
        return
    order = sorted((times[1], who) for who, _, times in kept)
    words = (
        f"{order[0][1]} is fastest, with a median of {seconds(order[0][0])} an answer, {order[-1][1]} slowest, with "
        f"{seconds(order[-1][0])}. Boxes hold the middle half of the answers."
    )
    rows = [Spread(who, times, seconds(times[1])) for who, _, times in kept[:MOST]]
    canvas = spreads(rows, seconds_scale(max(row.quartiles[2] for row in rows)))
    data = tuple(
        (
            who,
            numeral(of.n),
            *map(seconds, times),
            "–" if of.others is None else seconds(of.others),
            numeral(len(of.fast)),
        )
        for who, of, times in kept
    )
    head = ("Annotator", "Answers", "25 %", "Median", "75 %", "Others' median", "Far faster than usual")
    yield Figure(key_of("pace", found), "Seconds an answer", words, canvas, Table(head, data))


def point(one: Share) -> Point:
    """A share as a mark with its interval."""
    return Point(one.value, one.low, one.high)


def _told(one: Share) -> tuple[str, str, str]:
    if one.value is None:
        return "–", "–", "–"
    return percent(one.value), between(one.low, one.high, shares=True), numeral(one.n)
