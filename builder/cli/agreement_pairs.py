"""Agreement of each pair of annotators, printed as a square of names."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from builder.cli.screen import columns, out, styled

if TYPE_CHECKING:
    from builder.labels.agreement import PairMeasures
    from builder.run.labels.agreement import Agreed

_WIDEST = 8
"""A square of more annotators does not fit; their pairs are listed instead."""
_READING = (
    "Cohen's kappa of two annotators, with the number of units that both labelled: 1 if their answers are always "
    'equal, 0 if no more than their habits make likely, "-" where it is not defined. Ordered answers count '
    "neighbours as partly equal (linear weights), sets overlaps (MASI), numbers small differences (quadratic). Of "
    "spans it is F1 by overlap. Options: --json."
)


def print_pairs(pairs: Sequence["Agreed"], named: Callable[[str], str]) -> None:
    """Print the kappas of all pairs, question by question; ``named`` says what an annotator is called."""
    whole = [one for one in pairs if one.subject.option is None]
    for (subject, within), group in groupby(whole, lambda one: (one.subject, tuple(one.within.values()))):
        about = ", ".join((subject.question, *within))
        out().print(Text.assemble((about, "bold cyan"), ("  " + subject.config, "dim")))
        met = {(each.first, each.second): each for each in (one.measures for one in group)}  # type: ignore[union-attr]
        people = sorted({person for pair in met for person in pair}, key=named)
        rows = _square(met, people, named) if len(people) <= _WIDEST else _list(met, named)  # type: ignore[arg-type]
        out().print(columns(rows, right=range(1, len(people) + 1)))
        out().print()
    out().print(Text(_READING, "dim"))


def _square(
    met: dict[tuple[str, str], "PairMeasures"], people: Sequence[str], named: Callable[[str], str]
) -> Iterator[list[Text]]:
    yield [Text(), *(styled(named(person), "dim") for person in people[1:])]
    for place, one in enumerate(people[:-1]):
        cells = (_cell(met.get(_pair(one, other))) for other in people[place + 1 :])
        yield [styled(named(one)), *(Text() for _ in range(place)), *cells]


def _list(met: dict[tuple[str, str], "PairMeasures"], named: Callable[[str], str]) -> Iterator[list[Text]]:
    for (one, other), measures in sorted(met.items(), key=lambda item: _kappa(item[1]) or 0.0):
        yield [styled(f"{named(one)}, {named(other)}"), _cell(measures)]


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _kappa(measures: "PairMeasures") -> float | None:
    weighted = measures.kappa if measures.weights is None else measures.weighted_kappa
    return measures.f1_overlap if measures.raw is None else weighted


def _cell(measures: "PairMeasures | None") -> Text:
    if measures is None:
        return Text("never met", "dim")
    kappa = _kappa(measures)
    value = "-" if kappa is None else f"{kappa:.2f}"
    return Text.assemble((value, "bold"), (f" {measures.n_units:>4,}", "dim"))
