"""The labels of a label set: which label how many units have, and how many have none."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pyarrow.compute as pc

from builder.labels.proportions import Share, share
from builder.labels.questions import Question
from builder.report.figure import Figure, Table
from builder.report.frequencies import MANY_NUMBERS
from builder.report.legend import Key
from builder.report.palette import STYLES
from builder.report.points import Point, Row, points
from builder.report.scales import SHARES
from builder.report.study import Final, slug
from builder.report.words import between, number, numeral, percent

NONE = "no label"
_SEVERAL = ("choices", "spans")
_BETWEEN = "|"
"""Stands between several options of one label."""


def final_figures(final: Final, questions: Sequence[Question]) -> Iterator[Figure]:
    """A figure for each question that the set has labels of; numbers of many values are left out."""
    for question in questions:
        rows = final.labels.filter(pc.equal(final.labels["question"], question.name))
        hard = rows["hard"].to_pylist()
        found = _shares(question, hard)
        if hard and len(found) <= MANY_NUMBERS + 1:
            words = _words(
                found, rows.num_rows, pc.sum(rows["tie"]).as_py(), pc.sum(rows["adjudicated"]).as_py()
            )
            yield _figure(slug("final", final.label_set, question.name), question.name, words, found)


def _shares(question: Question, hard: Sequence[str | None]) -> dict[str, tuple[int, Share]]:
    """How many units have each option in their label, options in their order; those without a label last."""
    several = question.kind in _SEVERAL
    counts = Counter(
        option
        for label in hard
        if label is not None
        for option in (label.split(_BETWEEN) if several else [label])
    )
    counts[NONE] = sum(label is None for label in hard)
    order = question.options or sorted({label for label in hard if label is not None}, key=float)
    return {option: (counts[option], share(counts[option], len(hard))) for option in (*order, NONE)}


def _words(found: dict[str, tuple[int, Share]], units: int, ties: int, settled: int) -> str:
    many, best = max(
        (many, option) for option, (many, _) in found.items() if option != NONE or len(found) == 1
    )
    said = (
        f"Most frequent is {best}: {numeral(many)} of {number(units, 'unit')}. "
        if many
        else "None was chosen. "
    )
    tied = f"{number(ties, 'unit')} tied" if ties else "No unit tied"
    return f"{said}{tied}{f', {numeral(settled)} settled by adjudicators' if settled else ''}."


def _figure(key: str, title: str, words: str, found: dict[str, tuple[int, Share]]) -> Figure:
    rows = [
        Row(option, (Point(of.value, of.low, of.high),), percent(of.value))
        for option, (_, of) in found.items()
    ]
    data = tuple(
        (option, numeral(many), percent(of.value), between(of.low, of.high, shares=True))
        for option, (many, of) in found.items()
    )
    canvas = points(rows, [Key("share", STYLES[0], "o")], SHARES, legend=False)
    return Figure(key, title, words, canvas, Table(("Label", "Units", "Share", "95 % interval"), data))
