"""The chain's probabilities are those of going through every path."""

from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.parse.chain import Potentials, Steps, backward, chosen, forward, in_step
from builder.parse.gapped import ALLOWED
from builder.parse.ragged import Runs, contiguous

LENGTHS = st.lists(st.integers(1, 5), min_size=1, max_size=5)


@dataclass(frozen=True)
class Case:
    """Some runs with the potentials of every line, and how each run is entered."""

    runs: Runs
    steps: Steps
    potentials: Potentials
    start: np.ndarray


@st.composite
def cases(draw: Any) -> Case:
    """Runs of a few lines with random factors."""
    lengths = draw(LENGTHS)
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    runs = contiguous(np.array(lengths, dtype=np.int64))
    steps = in_step(runs)

    def factors(*shape: int) -> np.ndarray:
        return np.exp(chance.uniform(-6, 3, shape))

    kind = np.full(sum(lengths), draw(st.integers(0, 1))) if draw(st.booleans()) else None
    if kind is None:
        kind = chance.integers(0, 2, sum(lengths))
    potentials = Potentials(
        factors(sum(lengths), 3), factors(2, 3, 3), kind, factors(len(lengths), 3), ALLOWED
    )
    return Case(runs, steps, potentials, factors(len(lengths), 3))


def ways(case: Case, rank: int) -> tuple[list[int], dict[tuple[int, ...], float]]:
    """The places of the run of some rank, and the weight of every allowed path through it."""
    run = case.steps.run[rank]
    lines = case.runs.start[run] + np.arange(case.runs.length[run])
    places = [int(np.flatnonzero(case.steps.line == line)[0]) for line in lines]
    found = {}
    for path in product(range(3), repeat=len(places)):
        weight = case.start[rank, path[0]] * case.potentials.end[rank, path[-1]]
        for place, state in zip(places, path, strict=True):
            weight *= case.potentials.emission[place, state]
        for place, (origin, target) in zip(places[1:], pairwise(path), strict=True):
            link = case.potentials.link[case.potentials.kind[place], origin, target]
            weight *= link * case.potentials.allowed[origin, target]
        if weight > 0:
            found[path] = weight
    return places, found


@settings(max_examples=60)
@given(cases())
def test_chances_and_paths_are_those_of_all_paths(case: Case) -> None:
    """Each state is as probable as the paths through it; each step of the path taken is the likeliest from there."""
    ahead, _ = backward(case.steps, case.potentials)
    chance, taken = forward(case.steps, case.potentials, case.start, ahead)
    for rank in range(len(case.runs)):
        places, found = ways(case, rank)
        total = sum(found.values())
        for number, place in enumerate(places):
            wanted = [
                sum(weight for path, weight in found.items() if path[number] == state) / total
                for state in range(3)
            ]
            assert np.allclose(chance[place], wanted, rtol=0, atol=1e-9)
        path = tuple(taken[places].tolist())
        assert path in found
        for number in range(len(path)):
            going_on = [
                sum(
                    weight
                    for other, weight in found.items()
                    if other[: number + 1] == (*path[:number], state)
                )
                for state in range(3)
            ]
            assert going_on[path[number]] >= max(going_on) * (1 - 1e-9)


@settings(max_examples=60)
@given(cases())
def test_what_lies_ahead_adds_up_to_all_paths(case: Case) -> None:
    """The scaled sum ahead of a run's first line, with its scale, is the sum over all paths."""
    ahead, log_scale = backward(case.steps, case.potentials)
    first = np.arange(len(case.runs))
    total = (case.start * case.potentials.emission[first] * ahead[first]).sum(axis=1) * np.exp(
        log_scale[first]
    )
    wanted = [sum(ways(case, rank)[1].values()) for rank in range(len(case.runs))]
    assert np.allclose(total, wanted, rtol=1e-9)


@given(LENGTHS)
def test_every_line_has_one_place(lengths: list[int]) -> None:
    """Each step holds the lines of that number in their runs, and a place of a step continues the same run."""
    runs = contiguous(np.array(lengths, dtype=np.int64))
    steps = in_step(runs)
    assert sorted(steps.line.tolist()) == list(range(sum(lengths)))
    for number, (begin, end) in enumerate(pairwise(steps.bounds.tolist())):
        here = steps.run[: end - begin]
        assert steps.line[begin:end].tolist() == (runs.start[here] + number).tolist()
        assert (runs.length[here] > number).all()


@given(LENGTHS, st.data())
def test_chosen_runs_are_arranged_as_if_alone(lengths: list[int], data: st.DataObject) -> None:
    """Some of the runs, taken out of all, stand as they would have stood without the others."""
    wanted = np.array(data.draw(st.lists(st.booleans(), min_size=len(lengths), max_size=len(lengths))))
    runs = contiguous(np.array(lengths, dtype=np.int64))
    steps, places = chosen(in_step(runs), wanted)
    alone = in_step(Runs(runs.start[wanted], runs.length[wanted]))
    assert steps.line.tolist() == alone.line.tolist()
    assert steps.bounds.tolist() == alone.bounds.tolist()
    assert steps.run.tolist() == np.flatnonzero(wanted)[alone.run].tolist()
    assert in_step(runs).line[places].tolist() == steps.line.tolist()


def test_no_run_is_no_step() -> None:
    """Without runs there is no step, and going through them gives nothing."""
    steps = in_step(contiguous(np.zeros(0, dtype=np.int64)))
    nothing = np.zeros((0, 3))
    potentials = Potentials(nothing, np.ones((2, 3, 3)), np.zeros(0, dtype=np.int64), nothing, ALLOWED)
    ahead, log_scale = backward(steps, potentials)
    assert (len(ahead), len(log_scale), len(forward(steps, potentials, nothing, ahead)[1])) == (0, 0, 0)
