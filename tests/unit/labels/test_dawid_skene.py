"""Dawid and Skene's estimate: their own data, and truths that are known because they were simulated."""

import numpy as np
import pytest

from builder.labels.dawid_skene import Steps, dawid_skene
from builder.labels.votes import Votes
from tests.unit.labels.simulated import right_with, study, swapping
from tests.unit.labels.worked import anaesthetists

UNITS = 5000
POINTS = 0.03


def test_the_anaesthetists() -> None:
    """The shares of the four classes are those that Dawid and Skene (1979) print: .40, .42, .11, .07."""
    truth = dawid_skene(anaesthetists(), Steps(smoothing=0.0))
    assert truth.converged
    assert truth.prior == pytest.approx([0.40, 0.42, 0.11, 0.07], abs=0.005)
    assert truth.confusion[0][0] == pytest.approx([0.89, 0.11, 0, 0], abs=0.005)


def test_a_little_smoothing_changes_little() -> None:
    """With the usual smoothing the anaesthetists' shares are the same in two digits."""
    assert dawid_skene(anaesthetists()).prior == pytest.approx([0.40, 0.42, 0.11, 0.07], abs=0.01)


@pytest.mark.parametrize("values", [2, 3, 4])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_good_annotator_is_found_among_two_poor_ones(values: int, seed: int) -> None:
    """With accuracies of .9, .6 and .6 the estimate beats the majority by 3 points on 5,000 units."""
    made = study([right_with(each, values) for each in (0.9, 0.6, 0.6)], UNITS, seed)
    won = made.accuracy(dawid_skene(made.votes).posterior) - made.accuracy(made.votes.counts())
    assert won >= POINTS


@pytest.mark.parametrize("values", [2, 3, 4])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_who_swaps_two_values_is_understood(values: int, seed: int) -> None:
    """With one annotator who takes two values for each other the estimate beats the majority by 3 points."""
    good = right_with(0.8, values)
    made = study([good, good, swapping(right_with(0.9, values), 0, 1)], UNITS, seed)
    won = made.accuracy(dawid_skene(made.votes).posterior) - made.accuracy(made.votes.counts())
    assert won >= POINTS


def test_confusions_are_recovered() -> None:
    """On many units the estimated confusions are those that the annotators were made with."""
    confusions = [right_with(0.9, 3), right_with(0.7, 3), swapping(right_with(0.85, 3), 1, 2)]
    made = study(confusions, 50_000, 1, prior=(0.5, 0.3, 0.2))
    truth = dawid_skene(made.votes)
    assert np.abs(truth.confusion - np.stack(confusions)).max() < 0.03
    assert truth.prior == pytest.approx([0.5, 0.3, 0.2], abs=0.02)


def test_units_without_votes_stay_unknown() -> None:
    """A unit that nobody voted on has no posterior; without any votes there is nothing to estimate."""
    nothing = np.zeros(0, np.int64)
    assert not dawid_skene(Votes(nothing, nothing, nothing, (2, 1, 3))).posterior.any()
    one = Votes(np.array([1, 1]), np.array([0, 1]), np.array([2, 2]), (3, 2, 3))
    posterior = dawid_skene(one).posterior
    assert posterior.sum(axis=1) == pytest.approx([0, 1, 0])
    assert posterior[1].argmax() == 2
