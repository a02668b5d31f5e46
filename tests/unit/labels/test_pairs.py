"""Pairs of annotators and Cohen's kappa."""

import numpy as np
import pytest

from builder.labels.chance import equality, steps
from builder.labels.pairs import agreements, kappas, meetings, pair_tables
from tests.unit.labels.worked import COHEN, KRIPPENDORFF, votes_of


def test_cohens_own_example() -> None:
    """Cohen (1960), table 2: two judges agree on 0.70 of 200 patients, kappa is 0.492."""
    tables = np.array([COHEN])
    assert agreements(tables, equality(3)) == pytest.approx([0.70])
    assert kappas(tables, equality(3)) == pytest.approx([0.492], abs=5e-4)


def test_linear_weights_by_hand() -> None:
    """Weighted by steps, the same judges agree on 0.80 where 0.62 is to be expected."""
    kappa = kappas(np.array([COHEN]), steps(3))[0]
    observed = (88 + 40 + 12 + (14 + 10 + 10 + 6) / 2) / 200
    expected = (60 * 100 + 30 * 60 + 10 * 40 + (60 * 60 + 30 * 100 + 30 * 40 + 10 * 60) / 2) / (100 * 200)
    assert kappa == pytest.approx((observed - expected) / (1 - expected))


def test_only_what_both_judged_counts() -> None:
    """The table of a pair has the units that both voted on, the lower annotator's votes down."""
    met = pair_tables(votes_of(KRIPPENDORFF))
    assert list(zip(met.first.tolist(), met.second.tolist(), strict=True)) == [
        (0, 1),
        (0, 2),
        (0, 3),
        (1, 2),
        (1, 3),
        (2, 3),
    ]
    assert met.tables.sum(axis=(1, 2)).tolist() == [9, 8, 9, 9, 10, 10]
    assert met.tables[0].tolist()[0] == [2, 1, 0, 0, 0]


def test_who_never_met_is_no_pair() -> None:
    """Annotators without a common unit have no table; those who agree on one value only have no kappa."""
    assert len(pair_tables(votes_of("1 . \n. 1")).tables) == 0
    assert np.isnan(kappas(pair_tables(votes_of("1 1\n1 1")).tables, equality(5))).all()


def test_meetings_are_of_two_people() -> None:
    """Two votes of one annotator on one unit are no meeting."""
    one, other = meetings(np.array([0, 0, 0, 1]), np.array([2, 2, 1, 1]))
    assert sorted(zip(one.tolist(), other.tolist(), strict=True)) == [(2, 0), (2, 1)]
