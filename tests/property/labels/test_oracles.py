"""Coefficients on generated votes, against another's program and against their formulas written out."""

import itertools
from collections import Counter
from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.labels.alpha import distance_alpha, interval_alpha, nominal_alpha, ordinal_alpha
from builder.labels.chance import equality, gwet, raw_agreement, raw_of_votes, steps
from builder.labels.pairs import kappas, pair_tables
from builder.labels.resampling import Resampling
from builder.labels.sets import masi_distance
from builder.labels.votes import Patterns, Votes, patterns, votings

MOST_LABELS = 30


@st.composite
def ballots(draw: st.DrawFn, most: int = MOST_LABELS) -> Votes:
    """Votes of a few annotators on a few units, some missing; the values may be one or thirty."""
    people, units, values = draw(st.integers(1, 5)), draw(st.integers(1, 12)), draw(st.integers(1, most))
    cell = st.none() | st.integers(0, values - 1)
    rows = draw(st.lists(st.lists(cell, min_size=units, max_size=units), min_size=people, max_size=people))
    cells = [(u, a, v) for a, row in enumerate(rows) for u, v in enumerate(row) if v is not None]
    unit, annotator, value = np.array(cells, np.int64).reshape(-1, 3).T
    return Votes(unit, annotator, value, (units, people, values))


def theirs(votes: Votes, level: Any, values: Any = None) -> float:
    """What the krippendorff package says; NaN where it refuses."""
    units, people, count = votes.shape
    matrix = np.full((people, units), np.nan)
    named = np.arange(count, dtype=np.float64) if values is None else values
    matrix[votes.annotator, votes.unit] = named[votes.value]
    paired = votes.value[np.bincount(votes.unit, minlength=units)[votes.unit] > 1]
    if len(np.unique(paired)) < 2:
        return float("nan")
    # The package pairs values by what occurs in the whole matrix, so it must not see a unit with one vote.
    alone = (~np.isnan(matrix)).sum(axis=0) < 2
    return float(krippendorff.alpha(reliability_data=matrix[:, ~alone], level_of_measurement=level))


@given(ballots())
def test_nominal_alpha_is_that_of_the_package(votes: Votes) -> None:
    """Nominal alpha equals the krippendorff package's, and is not defined where that refuses."""
    assert nominal_alpha(patterns(votes)).value == pytest.approx(theirs(votes, "nominal"), nan_ok=True)


@given(ballots())
def test_ordinal_alpha_is_that_of_the_package(votes: Votes) -> None:
    """Ordinal alpha equals the krippendorff package's."""
    assert ordinal_alpha(patterns(votes)).value == pytest.approx(theirs(votes, "ordinal"), nan_ok=True)


@given(ballots(), st.floats(-1e3, 1e3), st.floats(0.1, 1e3))
def test_interval_alpha_is_that_of_the_package(votes: Votes, first: float, step: float) -> None:
    """Interval alpha equals the krippendorff package's, wherever the numbers begin and however far apart."""
    numbers = first + step * np.arange(votes.shape[2])
    expected = theirs(votes, "interval", numbers)
    assert interval_alpha(votes, numbers).value == pytest.approx(expected, nan_ok=True, rel=1e-6, abs=1e-9)


@given(ballots(8), st.data())
def test_alpha_of_sets_is_its_definition(votes: Votes, data: st.DataObject) -> None:
    """Alpha under MASI is 1 - observed / expected distance, pair of votes by pair of votes."""
    members = st.lists(st.booleans(), min_size=4, max_size=4)
    count = votes.shape[2]
    sets = np.array(data.draw(st.lists(members, min_size=count, max_size=count)), np.bool_)
    distance = masi_distance(sets)
    by_unit = [votes.value[votes.unit == unit] for unit in range(votes.shape[0])]
    paired = [each for each in by_unit if len(each) > 1]
    pool = np.concatenate([*paired, np.zeros(0, np.int64)]).astype(np.int64)
    observed = sum(
        distance[a, b] / (len(unit) - 1) for unit in paired for a, b in itertools.permutations(unit, 2)
    )
    expected = sum(distance[a, b] for a, b in itertools.permutations(pool, 2)) / max(1, len(pool) - 1)
    value = distance_alpha(patterns(votes), distance).value
    assert value == pytest.approx(1 - observed / expected if expected > 1e-12 else np.nan, nan_ok=True)


@given(ballots(8), st.booleans())
def test_gwets_coefficients_are_their_formula(votes: Votes, linear: bool) -> None:
    """AC1 and AC2 are the formulas of Gwet (2014), unit by unit."""
    values = votes.shape[2]
    weights = steps(values) if linear else equality(values)
    counts = votes.counts()
    size = counts.sum(axis=1)
    paired = counts[size > 1]
    value = gwet(patterns(votes), weights)
    if len(paired) == 0 or np.count_nonzero(paired.any(axis=0)) < 2:
        assert np.isnan(value)
        return
    agreed = [
        sum(row[k] * (weights[k] @ row - 1) for k in range(values)) / (row.sum() * (row.sum() - 1))
        for row in paired
    ]
    shares = np.mean([row / row.sum() for row in counts if row.sum()], axis=0)
    chance = weights.sum() / (values * (values - 1)) * sum(share * (1 - share) for share in shares)
    assert value == pytest.approx((np.mean(agreed) - chance) / (1 - chance))


@given(ballots(8))
def test_raw_agreement_is_the_share_of_equal_pairs(votes: Votes) -> None:
    """Raw agreement is the mean over units of the share of pairs that are equal, by either way of counting."""
    by_unit = [votes.value[votes.unit == unit] for unit in range(votes.shape[0])]
    shares = [
        np.mean([a == b for a, b in itertools.combinations(each, 2)]) for each in by_unit if len(each) > 1
    ]
    expected = np.mean(shares) if shares else np.nan
    assert raw_agreement(patterns(votes)) == pytest.approx(expected, nan_ok=True)
    assert raw_of_votes(votes) == pytest.approx(expected, nan_ok=True)


@given(ballots(5))
def test_kappa_is_its_formula(votes: Votes) -> None:
    """Each pair's kappa is that of the units which both voted on, counted one by one."""
    met = pair_tables(votes)
    found = kappas(met.tables, equality(votes.shape[2]))
    said = {
        (a, u): v
        for u, a, v in zip(votes.unit.tolist(), votes.annotator.tolist(), votes.value.tolist(), strict=True)
    }
    units = range(votes.shape[0])
    expected = {}
    for one, other in itertools.combinations(range(votes.shape[1]), 2):
        both = [(said[one, u], said[other, u]) for u in units if (one, u) in said and (other, u) in said]
        if both:
            first, second = (Counter(side) for side in zip(*both, strict=True))
            chance = sum(first[k] * second[k] for k in first) / len(both) ** 2
            agreed = sum(a == b for a, b in both) / len(both)
            expected[one, other] = (agreed - chance) / (1 - chance) if chance < 1 else np.nan
    assert list(zip(met.first.tolist(), met.second.tolist(), strict=True)) == sorted(expected)
    assert found == pytest.approx([expected[pair] for pair in sorted(expected)], nan_ok=True)


@given(ballots())
def test_patterns_lose_no_unit(votes: Votes) -> None:
    """The patterns are the different rows of the counts, each with as many units as have that row."""
    rows = Counter(tuple(row) for row in votes.counts().tolist() if any(row))
    seen = patterns(votes)
    assert Counter(dict(zip(map(tuple, seen.counts.tolist()), seen.units.tolist(), strict=True))) == rows


@given(ballots())
def test_votings_are_the_same_for_equal_votes(votes: Votes) -> None:
    """Two units are of one voting just where their codes are the same, in any order."""
    code = votes.annotator * votes.shape[2] + votes.value
    found = votings(votes.unit, code, votes.shape[0])
    own = [tuple(sorted(code[votes.unit == unit].tolist())) for unit in range(votes.shape[0])]
    kept = [tuple(sorted(found.code[found.voting == each].tolist())) for each in range(len(found.units))]
    assert [kept[each] for each in found.of_unit] == own
    assert found.units.tolist() == [own.count(each) if each else 0 for each in kept]


@given(ballots(6))
def test_many_values_are_counted_as_few_are(votes: Votes) -> None:
    """Values too many for a matrix of all units give the same alpha."""
    wide = Votes(votes.unit, votes.annotator, votes.value * 40, (votes.shape[0], votes.shape[1], 400))
    seen: Patterns = patterns(wide)
    assert nominal_alpha(seen).value == pytest.approx(nominal_alpha(patterns(votes)).value, nan_ok=True)


@given(ballots(6))
def test_an_interval_is_one(votes: Votes) -> None:
    """However small and odd the study, an interval's ends are in order and lie among the resamples."""
    for alpha in (nominal_alpha(patterns(votes)), ordinal_alpha(patterns(votes))):
        resampling = Resampling(100)
        found = resampling.interval(alpha)
        if found:
            drawn = resampling.drawn(alpha)
            assert np.nanmin(drawn) <= found[0] <= found[1] <= np.nanmax(drawn)
