"""Dawid and Skene's estimate of the truth from votes, knowing that annotators err each in their own way.

Dawid and Skene (1979), Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm, Applied
Statistics 28, 20-28. With p[j] the share of units whose truth is j, and e[a, j, l] the chance that annotator a
says l of a unit of truth j:

- start: the truth of a unit is as likely each value as its votes are many (their 3.1);
- p[j] = mean over units of T[i, j]; e[a, j, l] = (sum over units of T[i, j] n[a, i, l] + s), so scaled that it
  sums to 1 over l (their 2.3 and 2.4, where s = 0);
- T[i, j] = p[j] * product over annotators and values of e[a, j, l] ** n[a, i, l], so scaled that it sums to 1
  over j (their 2.5);
- again from the second step, until no T changes by more than ``tolerance``.

The smoothing s is a hundredth of a vote in each cell: too little to be seen in the estimates, enough that
nothing is held impossible because it has not been seen. Units with the same votes of the same annotators share
one T, so that a step costs as much as there are different votings.
"""

from dataclasses import dataclass

import numpy as np

from builder.labels.arrays import Floats
from builder.labels.votes import Votes, Votings, shares_of, votings

_LEAST = 1e-300
"""A chance of nothing has a logarithm all the same: used only where smoothing is switched off."""


@dataclass(frozen=True, slots=True)
class Steps:
    """When to stop, and how much to smooth."""

    most: int = 1000
    tolerance: float = 1e-6
    smoothing: float = 0.01


@dataclass(frozen=True, slots=True)
class Truth:
    """What the votes say of the truth, and of the annotators.

    ``posterior`` is units x values, rows of zeros for units without a vote; ``prior`` the share of units of
    each value; ``confusion`` annotators x true values x given values, each row summing to 1.
    """

    posterior: Floats
    prior: Floats
    confusion: Floats
    steps: int
    converged: bool


def dawid_skene(votes: Votes, steps: Steps | None = None) -> Truth:
    """The most likely truth of each unit, the shares of the values, and how each annotator errs."""
    steps = steps or Steps()
    units, annotators, values = votes.shape
    voted = np.bincount(votes.unit, minlength=units) > 0
    if not voted.any():
        blank = np.full((annotators, values, values), 1 / max(1, values))
        return Truth(np.zeros((units, values)), np.full(values, 1 / max(1, values)), blank, 0, converged=True)
    alike = votings(votes.unit, votes.annotator * values + votes.value, units)
    belief = _start(alike, values)
    done, change = 0, np.inf
    prior, confusion = _estimates(alike, belief, votes.shape, steps.smoothing)
    while done < steps.most and change > steps.tolerance:
        believed = _posterior(alike, prior, confusion)
        change = float(np.abs(believed - belief).max())
        belief, done = believed, done + 1
        prior, confusion = _estimates(alike, belief, votes.shape, steps.smoothing)
    posterior = np.where(voted[:, None], belief[alike.of_unit], 0.0)
    return Truth(posterior, prior, confusion, done, converged=change <= steps.tolerance)


def _start(alike: Votings, values: int) -> Floats:
    cells = alike.voting * values + alike.code % values
    return shares_of(np.bincount(cells, minlength=len(alike.units) * values).reshape(-1, values))


def _estimates(
    alike: Votings, belief: Floats, shape: tuple[int, int, int], smoothing: float
) -> tuple[Floats, Floats]:
    """The shares of the values and the confusions, given what is believed of each voting."""
    _, annotators, values = shape
    weighed = belief * alike.units[:, None]
    prior = weighed.sum(axis=0) / alike.units.sum()
    said = [
        np.bincount(alike.code, weighed[alike.voting, value], annotators * values) for value in range(values)
    ]
    counts = np.stack(said).reshape(values, annotators, values).transpose(1, 0, 2) + smoothing
    total = counts.sum(axis=2, keepdims=True)
    return prior, np.where(total > 0, counts / np.where(total > 0, total, 1), 1 / values)


def _posterior(alike: Votings, prior: Floats, confusion: Floats) -> Floats:
    """What is to be believed of each voting, given the shares and confusions."""
    annotators, values, _ = confusion.shape
    logs = np.log(np.maximum(confusion, _LEAST)).transpose(0, 2, 1).reshape(annotators * values, values)
    each = logs[alike.code]
    sums = [np.bincount(alike.voting, each[:, value], len(alike.units)) for value in range(values)]
    belief: Floats = np.stack(sums, axis=1) + np.log(np.maximum(prior, _LEAST))
    return shares_of(np.exp(belief - belief.max(axis=1, keepdims=True)))
