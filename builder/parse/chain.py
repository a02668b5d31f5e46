"""A hidden chain over many runs of lines at once: all runs take their first step, then all their second, ..."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, reduce

import numpy as np

from builder.parse.arrays import Flags, Floats, Ints
from builder.parse.ragged import Runs


@dataclass(frozen=True)
class Steps:
    """Runs of lines by step: first the first line of every run, longest run first, then the second, ...

    Attributes:
        line: the line at each place.
        bounds: where each step's places begin; one more than steps. A step's places continue the runs of the
            places with the same number in the step before.
        run: the run of each place of the first step.
    """

    line: Ints
    bounds: Ints
    run: Ints

    @property
    def widths(self) -> Ints:
        """How many runs take part in each step."""
        return np.diff(self.bounds)


def in_step(runs: Runs) -> Steps:
    """Arrange runs by step."""
    order = np.argsort(-runs.length, kind="stable")
    longest = int(runs.length.max()) if len(runs) else 0
    widths = len(runs) - np.searchsorted(runs.length[order][::-1], np.arange(1, longest + 1))
    bounds = np.concatenate([[0], np.cumsum(widths)]).astype(np.int64)
    rank = np.arange(bounds[-1]) - np.repeat(bounds[:-1], widths)
    step = np.repeat(np.arange(longest), widths)
    return Steps(runs.start[order][rank] + step, bounds, order)


@dataclass(frozen=True)
class Potentials:
    """What speaks for each state, as plain (not logarithmic) factors.

    Attributes:
        emission: [place, state], largest of a place 1.
        link: [kind, from, to]: the factor of coming to a state from that of the step before.
        kind: [place]: the kind of link that leads to this place.
        end: [run in the order of the first step, state]: the factor of ending in a state.
        allowed: [from, to]: which links there can be at all.
    """

    emission: Floats
    link: Floats
    kind: Ints
    end: Floats
    allowed: Flags

    def at(self, places: Ints) -> "Potentials":
        """The same for some of the places; ends count in the backward pass only."""
        return replace(self, emission=by_state(self.emission.T[:, places].T), kind=self.kind[places])

    def links(self, places: slice) -> Iterator[tuple[int, int, Floats]]:
        """The allowed links that lead to some places, each with its factors: one a place, or one for all."""
        kind = self.kind[places]
        which = kind[:1] if (kind == kind[0]).all() else kind
        for origin, target in self._pairs:
            yield origin, target, self.link[:, origin, target].take(which)

    @cached_property
    def _pairs(self) -> list[tuple[int, int]]:
        return [(int(origin), int(target)) for origin, target in np.argwhere(self.allowed)]


def by_state(values: Floats) -> Floats:
    """The same [place, state] with each state's values back to back in memory, as all sums here go over states."""
    return np.asfortranarray(values)


def chosen(steps: Steps, wanted: Flags) -> tuple[Steps, Ints]:
    """The wanted runs alone (`wanted` is by run), and at which places of all runs their places are."""
    kept = wanted[steps.run]
    place = np.arange(len(steps.line)) - np.repeat(steps.bounds[:-1], steps.widths)
    places = np.flatnonzero(kept[place])
    bounds = np.searchsorted(places, steps.bounds)
    longest = int(np.searchsorted(-np.diff(bounds), 0)) if len(places) else 0
    return Steps(steps.line[places], bounds[: longest + 1], steps.run[kept]), places


def backward(steps: Steps, potentials: Potentials) -> tuple[Floats, Floats]:
    """What lies ahead of each place in each state, scaled to a largest value of 1, and the logarithm of the scale.

    The second array adds up over the rest of the run: `exp(log_scale) * ahead` is the sum over all ways to go on.
    """
    ahead = np.ones_like(potentials.emission)
    log_scale = np.zeros(len(ahead))
    bounds, widths = steps.bounds, steps.widths
    for step in range(len(widths) - 1, -1, -1):
        here = slice(bounds[step], bounds[step + 1])
        going_on = widths[step + 1] if step + 1 < len(widths) else 0
        value = potentials.end[: widths[step]].copy(order="K")
        if going_on:
            there = slice(bounds[step + 1], bounds[step + 2])
            value[:going_on] = _onto(potentials.links(there), potentials.emission[there] * ahead[there])
            log_scale[bounds[step] : bounds[step] + going_on] = log_scale[there]
        top = reduce(np.maximum, value.T)
        np.divide(value, top[:, None], out=ahead[here])
        log_scale[here] += np.log(top)
    return ahead, log_scale


def forward(steps: Steps, potentials: Potentials, start: Floats, ahead: Floats) -> tuple[Floats, Ints]:
    """The probability of each state at each place, and the states of a likely path.

    The path takes at each place the state that is most probable after the states taken before it, so that it
    never uses a link that is not there. `start` is [run in the order of the first step, state].
    """
    joint = np.empty_like(ahead)
    path = np.empty(len(ahead), dtype=np.int64)
    bounds, widths = steps.bounds, steps.widths
    reachable = potentials.link * potentials.allowed
    behind = taken = start
    for step, width in enumerate(widths):
        here = slice(bounds[step], bounds[step + 1])
        if step:
            behind = _from(potentials.links(here), behind[:width])
            before = path[bounds[step - 1] : bounds[step - 1] + width]
            taken = _after(reachable, potentials.kind[here], before)
        local = potentials.emission[here]
        path[here] = _best(taken * local * ahead[here])
        behind = behind * local
        np.multiply(behind, ahead[here], out=joint[here])
        behind = behind / reduce(np.add, behind.T)[:, None]
    return joint / reduce(np.add, joint.T)[:, None], path


def _best(value: Floats) -> Ints:
    """The first of the states with the largest value; `argmax` is slow along so short an axis."""
    best, top = np.zeros(len(value), dtype=np.int64), value[:, 0]
    for state in range(1, value.shape[1]):
        best[value[:, state] > top] = state
        top = np.maximum(top, value[:, state])
    return best


def _after(reachable: Floats, kind: Ints, before: Ints) -> Floats:
    """[place, state]: the factors of coming from the state before."""
    kinds, states, _ = reachable.shape
    which = kind * states + before
    return reachable.reshape(kinds * states, states).T.take(which, axis=1).T


def _onto(links: Iterable[tuple[int, int, Floats]], there: Floats) -> Floats:
    """Sum over the states one comes to; one link after the other, so that the order of the sum is fixed."""
    value = np.zeros_like(there)
    for origin, target, factor in links:
        value[:, origin] += factor * there[:, target]
    return value


def _from(links: Iterable[tuple[int, int, Floats]], here: Floats) -> Floats:
    """Sum over the states one comes from, in a fixed order."""
    value = np.zeros_like(here)
    for origin, target, factor in links:
        value[:, target] += here[:, origin] * factor
    return value
