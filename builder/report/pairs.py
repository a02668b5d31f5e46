"""Agreement of each two annotators, as a matrix for each question."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from builder.labels.agreement import PairMeasures, Subject
from builder.report.figure import Figure, Table
from builder.report.matrix import Cell, matrix
from builder.report.study import slug
from builder.report.words import decimal, numeral, percent

_MOST_PEOPLE = 16
Paired = tuple[Subject, PairMeasures]


def matrices(config: str, pairs: Sequence[Paired]) -> Iterator[Figure]:
    """A matrix of annotators for each question that three of them or more have answered."""
    for question, group in groupby(pairs, lambda one: one[0].question):
        mine = list(group)
        people = sorted({name for _, of in mine for name in (of.first, of.second)})
        if 2 < len(people) <= _MOST_PEOPLE:
            yield _matrix(slug("pairs", config, question), question, mine, people)


def _matrix(key: str, question: str, pairs: Sequence[Paired], people: Sequence[str]) -> Figure:
    marks = pairs[0][0].level == "characters"
    name = "F1 of spans (by overlap)" if marks else _kappa_name(pairs[0][1])
    values = {frozenset((of.first, of.second)): _value(of) for _, of in pairs}
    cells = [[_cell(values, one, other) for other in people] for one in people]
    known = sorted((value, tuple(sorted(pair))) for pair, value in values.items() if value is not None)
    words = f"{name} of each two annotators. "
    words += (
        f"It is lowest for {' and '.join(known[0][1])} ({decimal(known[0][0])}), highest for "
        f"{' and '.join(known[-1][1])} ({decimal(known[-1][0])})."
        if known
        else "It is defined for none of them."
    )
    rows = tuple(
        (
            f"{of.first}, {of.second}",
            numeral(of.n_units),
            "" if marks else percent(of.raw),
            decimal(_value(of)),
        )
        for _, of in pairs
    )
    head = ("Annotators", "Units of both", "Raw", name)
    canvas = matrix(people, cells, ("", ""))
    return Figure(key, f"{question}: pair by pair", words, canvas, Table(head, rows))


def _kappa_name(of: PairMeasures) -> str:
    return f"Cohen's kappa ({of.weights} weights)" if of.weights else "Cohen's kappa"


def _value(of: PairMeasures) -> float | None:
    if of.f1_overlap is not None:
        return of.f1_overlap
    return of.weighted_kappa if of.weights else of.kappa


def _cell(values: dict[frozenset[str], float | None], one: str, other: str) -> Cell:
    value = values.get(frozenset((one, other)))
    if one == other or value is None:
        return Cell(None, "" if one == other or frozenset((one, other)) not in values else "–")
    return Cell(max(0.0, value), decimal(value))
