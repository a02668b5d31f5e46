"""How badly some weights explain threads with gold, and in which direction they would do so better.

The likelihood is that of one chain with a second choice on top: where the comments open. Both are summed over
exactly (forward-backward within blocks; a softmax over the blocks of a text), as the decoder does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from builder.learn.gold import HEADLINE, gold_states
from builder.learn.parameters import Parameters, apart, expected, strictness, trainable
from builder.learn.threads import Thread
from builder.parse.arrays import Floats, Ints
from builder.parse.batch import make_batch
from builder.parse.blocks import Blocks, find_blocks
from builder.parse.chain import Steps, in_step
from builder.parse.emission import look_codes
from builder.parse.features import features
from builder.parse.gapped import ALLOWED
from builder.parse.lexicon import Lexicon
from builder.parse.lines import split_lines
from builder.parse.model import LOOKS

_NEVER = -1e9


@dataclass(frozen=True)
class Lesson:
    """Threads as the parser sees them, with the truth.

    Attributes:
        codes: for each look, what it shows of every line.
        state: the true state of every line; a headline counts as a paragraph.
        joined: for every line, 1 where a blank line parts it from the one before, 0 where none does.
        blocks: the blocks of all texts.
        steps: their lines, step by step.
        split: for each text the block that opens its comments; the number of blocks where it has none.
    """

    codes: dict[str, Ints]
    state: Ints
    joined: Ints
    blocks: Blocks
    steps: Steps
    split: Ints


def make_lesson(threads: Sequence[Thread], lexicon: Lexicon) -> Lesson:
    """Look at threads through the parser's features."""
    batch = make_batch([thread.text for thread in threads])
    lines = split_lines(batch)
    seen = features(batch, lines, lexicon)
    state = gold_states(threads, batch, lines)
    blocks = find_blocks(lines)
    opens = np.array([_first_comment(state, lines.first, number) for number in range(len(threads))])
    split = np.where(opens < 0, len(blocks), np.searchsorted(blocks.runs.start, opens))
    return Lesson(
        {look: look_codes(look, seen, lines.opens).astype(np.int64) for look in LOOKS},
        np.where(state == HEADLINE, 0, state),
        np.minimum(lines.gap, 1),
        blocks,
        in_step(blocks.runs),
        split,
    )


def _first_comment(state: Ints, first: Ints, text: int) -> int:
    comments = np.flatnonzero(state[first[text] : first[text + 1]] > 0)
    return int(first[text] + comments[0]) if len(comments) else -1


def objective(vector: Floats, lesson: Lesson) -> tuple[float, Floats]:
    """The penalised negative log likelihood, and its gradient."""
    weights = apart(vector * trainable())
    gradient = np.zeros_like(vector)
    into = apart(gradient)
    loss = _likelihood(weights, into, lesson)
    distance = vector - expected()
    gradient *= trainable()
    gradient += strictness() * distance
    return loss + 0.5 * float((strictness() * distance**2).sum()), gradient


def _likelihood(weights: Parameters, into: Parameters, lesson: Lesson) -> float:
    emission = sum((weights.looks[look][codes] for look, codes in lesson.codes.items()), np.zeros((1, 4)))
    grammar, blocks = weights.grammar, lesson.blocks
    opening = grammar["split"] + np.array([0.0, 0.0, _NEVER])
    chain = _Chain(lesson, emission[:, 1:], grammar["within"], grammar["end"])
    entered, opened = chain.entered(grammar["start"][blocks.gap]), chain.entered(opening[blocks.gap])
    article = np.add.reduceat(emission[:, 0], blocks.runs.start)
    article += np.where(blocks.opens, 0.0, grammar["article"][blocks.gap])
    chosen, log_total = _choice(
        blocks, article, entered.log_total, opened.log_total, grammar["no_comments"][0]
    )
    later = _summed(blocks, chosen) - chosen
    truth = _truth(lesson)
    loss = log_total - _score(lesson, truth, emission, grammar)
    before = 1.0 - later - chosen
    expectation = np.empty_like(emission)
    of_line = blocks.of_line()
    expectation[:, 0] = before[of_line]
    expectation[:, 1:] = entered.chance * later[of_line, None] + opened.chance * chosen[of_line, None]
    expectation[np.arange(len(emission)), lesson.state] -= 1.0
    for look, codes in lesson.codes.items():
        np.add.at(into.looks[look], codes, expectation)
    _grammar_gradient(into, lesson, truth, (before, later, chosen), (entered, opened), chain)
    return loss


@dataclass(frozen=True)
class _Entered:
    """All blocks as comments, entered in one way: scores and probabilities."""

    log_total: Floats
    chance: Floats
    links: Floats


class _Chain:
    """Forward-backward over all blocks in logarithms: slower than the decoder's, and with every expectation."""

    def __init__(self, lesson: Lesson, emission: Floats, within: Floats, end: Floats) -> None:
        self.steps, self.joined = lesson.steps, lesson.joined
        self.runs = lesson.blocks.runs
        self.owner = lesson.blocks.of_line()
        self.local = emission
        self.links = np.where(ALLOWED, within, _NEVER)
        self.end = end
        self.ahead = self._backward()

    def _lines(self, step: int) -> Ints:
        return self.steps.line[self.steps.bounds[step] : self.steps.bounds[step + 1]]

    def _backward(self) -> Floats:
        ahead = np.tile(self.end, (len(self.local), 1))
        for step in range(len(self.steps.widths) - 1, 0, -1):
            here = self._lines(step)
            value = self.links[self.joined[here]] + (ahead[here] + self.local[here])[:, None, :]
            ahead[here - 1] = _log_sum(value, 2)
        return ahead

    def entered(self, start: Floats) -> _Entered:
        """Enter every block with these log weights of its first line's states."""
        behind = np.empty_like(self.local)
        first = self.runs.start
        behind[first] = start + self.local[first]
        for step in range(1, len(self.steps.widths)):
            here = self._lines(step)
            behind[here] = (
                _log_sum(behind[here - 1][:, :, None] + self.links[self.joined[here]], 1) + self.local[here]
            )
        log_total = _log_sum(behind[first] + self.ahead[first], 1)
        total = log_total[self.owner][:, None]
        return _Entered(log_total, np.exp(behind + self.ahead - total), self._links(behind, total))

    def _links(self, behind: Floats, total: Floats) -> Floats:
        """[line, from, to]: how probable each link into a line is; 0 for the first line of a block."""
        chance = np.zeros((len(behind), 3, 3))
        inner = np.setdiff1d(np.arange(len(behind)), self.runs.start)
        onto = (self.ahead + self.local)[inner] - total[inner]
        chance[inner] = np.exp(
            behind[inner - 1][:, :, None] + self.links[self.joined[inner]] + onto[:, None, :]
        )
        return chance


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    return np.asarray((top + np.log(np.exp(values - top).sum(axis=axis, keepdims=True))).squeeze(axis))


def _choice(
    blocks: Blocks, article: Floats, entered: Floats, opened: Floats, no_comments: float
) -> tuple[Floats, float]:
    """How probable it is that each block opens the comments, and the sum of all texts' log totals."""
    texts = np.flatnonzero(blocks.opens)
    text = np.cumsum(blocks.opens) - 1
    past = np.cumsum(article) - article
    ends = np.append(texts[1:], len(article)) - 1
    ahead = np.cumsum(entered)
    score = past - past[texts][text] + opened + ahead[ends][text] - ahead
    score[texts] = _NEVER
    none = np.add.reduceat(article, texts) + no_comments
    top = np.maximum(np.maximum.reduceat(score, texts), none)
    weight = np.exp(score - top[text])
    total = np.add.reduceat(weight, texts) + np.exp(none - top)
    return weight / total[text], float((top + np.log(total)).sum())


def _summed(blocks: Blocks, values: Floats) -> Floats:
    """The running sum within each text."""
    texts, text = np.flatnonzero(blocks.opens), np.cumsum(blocks.opens) - 1
    running = np.cumsum(values)
    within: Floats = np.clip(running - (running - values)[texts][text], 0.0, 1.0)
    return within


def _truth(lesson: Lesson) -> tuple[Floats, Floats, Floats]:
    """For each block whether it is of the article, follows other comments, opens the comments."""
    number = np.arange(len(lesson.blocks))
    split = lesson.split[np.cumsum(lesson.blocks.opens) - 1]
    return (number < split).astype(float), (number > split).astype(float), (number == split).astype(float)


def _inner(lesson: Lesson) -> Ints:
    """The lines of comments that follow another line of their block."""
    later = np.setdiff1d(np.arange(len(lesson.state)), lesson.blocks.runs.start)
    return np.asarray(later[lesson.state[later] > 0])


def _score(
    lesson: Lesson, truth: tuple[Floats, Floats, Floats], emission: Floats, grammar: Mapping[str, Floats]
) -> float:
    """The score of the true states."""
    before, later, opening = (np.flatnonzero(which) for which in truth)
    blocks, state = lesson.blocks, lesson.state
    first = state[blocks.runs.start] - 1
    last = state[blocks.runs.start + blocks.runs.length - 1] - 1
    inner = _inner(lesson)
    inside = before[~blocks.opens[before]]
    return float(
        emission[np.arange(len(state)), state].sum()
        + grammar["within"][lesson.joined[inner], state[inner - 1] - 1, state[inner] - 1].sum()
        + grammar["start"][blocks.gap[later], first[later]].sum()
        + grammar["split"][blocks.gap[opening], first[opening]].sum()
        + grammar["end"][np.concatenate([last[later], last[opening]])].sum()
        + grammar["article"][blocks.gap[inside]].sum()
        + grammar["no_comments"][0] * (lesson.split == len(blocks)).sum()
    )


def _grammar_gradient(
    into: Parameters,
    lesson: Lesson,
    truth: tuple[Floats, Floats, Floats],
    expectation: tuple[Floats, Floats, Floats],
    ways: tuple[_Entered, _Entered],
    chain: _Chain,
) -> None:
    """Expected minus true counts of everything in the grammar."""
    grammar, blocks, state = into.grammar, lesson.blocks, lesson.state
    before, later, opening = expectation
    entered, opened = ways
    start, end = blocks.runs.start, blocks.runs.start + blocks.runs.length - 1
    inside = ~blocks.opens
    np.add.at(grammar["article"], blocks.gap[inside], (before - truth[0])[inside])
    grammar["no_comments"] += len(lesson.split) - opening.sum() - (lesson.split == len(blocks)).sum()
    for name, way, weight in (("start", entered, later), ("split", opened, opening)):
        np.add.at(grammar[name], blocks.gap, way.chance[start] * weight[:, None])
        grammar["end"] += (way.chance[end] * weight[:, None]).sum(axis=0)
        np.add.at(grammar["within"], lesson.joined, way.links * weight[chain.owner][:, None, None])
    for name, which in (("start", truth[1]), ("split", truth[2])):
        true = np.flatnonzero(which)
        np.add.at(grammar[name], (blocks.gap[true], state[start[true]] - 1), -1.0)
        np.add.at(grammar["end"], state[end[true]] - 1, -1.0)
    inner = _inner(lesson)
    np.add.at(grammar["within"], (lesson.joined[inner], state[inner - 1] - 1, state[inner] - 1), -1.0)
