"""Objective: its gradient is its slope, and its likelihood is that of all ways to cut a text."""

from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest

from builder.learn.objective import Lesson, make_lesson, objective
from builder.learn.parameters import apart, expected, size, strictness, trainable
from builder.parse.gapped import ALLOWED
from builder.parse.lexicon import make_lexicon
from builder.parse.model import LOOKS
from builder.run.corpus.weights import shipped_words
from tests.unit.learn.folder import thread_of

YES = {"author": "Ann", "body": ["Yes.", "And more."]}
PAGES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Head\n\nOne here.\n\n\nAnn\n\nYes.\n\nAnd more.\n\n\nNo!\n", {
        "headline": "Head", "paragraphs": ["One here."], "comments": [YES, {"author": None, "body": ["No!"]}],
    }),
    ("Head\n\nOne.\n\n\n\nTwo.\n", {"headline": "Head", "paragraphs": ["One.", "Two."]}),
    ("Alone\n\n\n\nAnn\nYes.\nAnd more.\n", {"headline": "Alone", "comments": [YES]}),
)  # fmt: skip


def lesson(*pages: tuple[str, dict[str, Any]]) -> Lesson:
    """Some pages as the parser sees them."""
    threads = [thread_of(text, gold, file=f"seedlike/{n}.txt") for n, (text, gold) in enumerate(pages)]
    return make_lesson(threads, make_lexicon(shipped_words()))


def somewhere(seed: int) -> np.ndarray:
    """Weights that nothing is special about."""
    return expected() + np.random.default_rng(seed).normal(0, 0.5, size())


def penalty(vector: np.ndarray) -> float:
    """What the prior costs."""
    return 0.5 * float((strictness() * (vector - expected()) ** 2).sum())


@pytest.mark.parametrize("seed", [1, 2])
def test_the_gradient_is_the_slope(seed: int) -> None:
    """Along the gradient, along chance directions and along single weights the loss changes as the gradient says."""
    taught, vector = lesson(*PAGES), somewhere(seed)
    _, gradient = objective(vector, taught)
    chance = np.random.default_rng(seed)
    single = [np.eye(1, size(), place)[0] for place in np.argsort(-np.abs(gradient))[:40]]
    grammar = [np.eye(1, size(), place)[0] for place in range(size() - 71, size())]
    for direction in [gradient / np.linalg.norm(gradient), chance.normal(size=size()), *single, *grammar]:
        up, down = (objective(vector + sign * 1e-5 * direction, taught)[0] for sign in (1, -1))
        assert (up - down) / 2e-5 == pytest.approx(float(gradient @ direction), rel=1e-4, abs=1e-4)


def ways(taught: Lesson) -> list[list[int]]:
    """Every way to cut the one text of a lesson: a state for each line; 0 is the article's."""
    starts, count = taught.blocks.runs.start.tolist(), len(taught.state)
    found = [[0] * count]
    for opening in starts[1:]:
        for path in product((1, 2, 3), repeat=count - opening):
            inside = [place for place in range(opening + 1, count) if place not in starts]
            linked = all(
                ALLOWED[path[place - opening - 1] - 1, path[place - opening] - 1] for place in inside
            )
            if linked and path[0] != 3:
                found.append([0] * opening + list(path))
    return found


def score(taught: Lesson, states: list[int], vector: np.ndarray) -> float:
    """The weights of all that is in one way to cut a text, added up."""
    looks, grammar = apart(vector * trainable()).looks, apart(vector * trainable()).grammar
    total = sum(
        float(looks[look][taught.codes[look][line], state])
        for look in LOOKS
        for line, state in enumerate(states)
    )
    runs, gaps = taught.blocks.runs, taught.blocks.gap
    opened = False
    for block, (begin, length) in enumerate(zip(runs.start.tolist(), runs.length.tolist(), strict=True)):
        if states[begin] == 0:
            total += float(grammar["article"][gaps[block]]) if block else 0.0
            continue
        total += float(grammar["start" if opened else "split"][gaps[block], states[begin] - 1])
        for line, (one, two) in enumerate(pairwise(states[begin : begin + length]), begin + 1):
            total += float(grammar["within"][taught.joined[line], one - 1, two - 1])
        total += float(grammar["end"][states[begin + length - 1] - 1])
        opened = True
    return total + (0.0 if opened else float(grammar["no_comments"][0]))


@pytest.mark.parametrize("page", range(len(PAGES)))
def test_the_loss_is_that_of_all_ways_to_cut(page: int) -> None:
    """The loss is minus the logarithm of the true way's share in all ways, and the cost of the prior."""
    taught, vector = lesson(PAGES[page]), somewhere(3)
    scores = np.array([score(taught, states, vector) for states in ways(taught)])
    true = score(taught, taught.state.tolist(), vector)
    loss = np.log(np.exp(scores - scores.max()).sum()) + scores.max() - true
    assert objective(vector, taught)[0] == pytest.approx(loss + penalty(vector), rel=1e-9)


def test_texts_count_each_by_itself() -> None:
    """The loss of several texts is the sum of theirs."""
    vector = somewhere(4)
    single = sum(objective(vector, lesson(page))[0] - penalty(vector) for page in PAGES)
    assert objective(vector, lesson(*PAGES))[0] - penalty(vector) == pytest.approx(single, rel=1e-9)


def test_what_is_not_used_is_not_learnt() -> None:
    """A weight that is not trainable changes the prior's cost alone."""
    taught, vector = lesson(*PAGES), somewhere(5)
    moved = vector + (trainable() == 0) * 3.0
    before, after = objective(vector, taught)[0], objective(moved, taught)[0]
    assert after - penalty(moved) == pytest.approx(before - penalty(vector), rel=1e-9)
