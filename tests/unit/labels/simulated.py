"""Simulated annotators: a truth, and what people who err in known ways make of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from builder.labels.arrays import Floats, Ints
from builder.labels.votes import Votes


@dataclass(frozen=True)
class Study:
    """The truth of each unit, and the votes."""

    truth: Ints
    votes: Votes

    def accuracy(self, posterior: Floats) -> float:
        """The share of units whose most likely value is the true one; of several likeliest, one by chance."""
        best = posterior == posterior.max(axis=1, keepdims=True)
        right = best[np.arange(len(self.truth)), self.truth] / best.sum(axis=1)
        return float(right.mean())


def right_with(accuracy: float, values: int) -> Floats:
    """The confusion of an annotator who is right so often, and else wrong in every way alike."""
    wrong = (1 - accuracy) / (values - 1)
    return np.where(np.eye(values) > 0, accuracy, wrong)


def swapping(confusion: Floats, one: int, other: int) -> Floats:
    """The confusion of an annotator who takes two values for each other."""
    order = list(range(len(confusion)))
    order[one], order[other] = other, one
    return confusion[order]


def study(
    confusions: Sequence[Floats], units: int, seed: int, *, prior: Sequence[float] = (), missing: float = 0.0
) -> Study:
    """Each annotator votes on each unit, but for a share that is missing by chance."""
    random = np.random.default_rng(seed)
    values, people = len(confusions[0]), len(confusions)
    truth = random.choice(values, units, p=list(prior) or None).astype(np.int64)
    chance = np.cumsum(np.stack(confusions)[:, truth], axis=2)
    said = (random.random((people, units, 1)) > chance[..., :-1]).sum(axis=2)
    there = random.random((people, units)) >= missing
    annotator, unit = np.nonzero(there)
    return Study(truth, Votes(unit, annotator, said[there], (units, people, values)))
