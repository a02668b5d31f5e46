"""Two annotators at a time: how often they met, how often they agree, Cohen's kappa."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from builder.labels.arrays import Floats, Ints
from builder.labels.votes import Votes

_NONE: Ints = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class PairTables:
    """For each pair of annotators who met, numbered ``first`` < ``second``, the table of their votes.

    ``tables`` is pairs x values of the first x values of the second.
    """

    first: Ints
    second: Ints
    tables: Ints


def pair_tables(votes: Votes) -> PairTables:
    """The tables of all pairs who voted on one unit or more."""
    _, annotators, values = votes.shape
    one, other = meetings(votes.unit, votes.annotator)
    pair = votes.annotator[one] * annotators + votes.annotator[other]
    pairs, places = np.unique(pair, return_inverse=True)
    cells = (places * values + votes.value[one]) * values + votes.value[other]
    tables = np.bincount(cells, minlength=len(pairs) * values**2)
    return PairTables(pairs // annotators, pairs % annotators, tables.reshape(len(pairs), values, values))


def meetings(group: Ints, annotator: Ints) -> tuple[Ints, Ints]:
    """The places of all pairs of entries of one group and two annotators, the lower annotator's first."""
    met = list(_meetings(group, annotator))
    if not met:
        return _NONE, _NONE
    one, other = (np.concatenate(parts) for parts in zip(*met, strict=True))
    return one, other


def _meetings(group: Ints, annotator: Ints) -> Iterator[tuple[Ints, Ints]]:
    order = np.lexsort((annotator, group))
    for apart in range(1, len(order)):
        one, other = order[:-apart], order[apart:]
        same = group[one] == group[other]
        if not same.any():
            return
        same &= annotator[one] < annotator[other]
        yield one[same], other[same]


def agreements(tables: Ints, weights: Floats) -> Floats:
    """The weighted share of votes that agree, for each table."""
    agreed: Floats = (tables * weights).sum(axis=(-2, -1)) / tables.sum(axis=(-2, -1))
    return agreed


def kappas(tables: Ints, weights: Floats) -> Floats:
    """Cohen's kappa (1960; weighted: 1968) of each table; NaN where both only ever gave one and the same value."""
    total = tables.sum(axis=(-2, -1))[:, None]
    first, second = tables.sum(axis=-1) / total, tables.sum(axis=-2) / total
    expected = ((first @ weights) * second).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        kappa = (agreements(tables, weights) - expected) / (1 - expected)
    defined: Floats = np.where(expected < 1 - 1e-12, kappa, np.nan)
    return defined
