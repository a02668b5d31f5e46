"""A deterministic corpus of invented captures, for speed and never as evidence of parse quality.

A document is a headline, perhaps a caption and paragraphs, one blank line apart; then comments. A comment
with an author has one blank line before the name and one after it; one whose author was lost has two blank
lines before its body; three more stand where whole comments were lost. A document depends on the seed and
its block of 1,000 alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.vocabulary import CAPITAL, COMMA, FULL_STOP, QUESTION, SHOUT, commenters, vocabulary

BLOCK = 1_000
SEED = 7
HEADLINE, CAPTION, PARAGRAPH, BODY = range(4)
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Shape:
    """How much of everything each document has; `bodies` counts the paragraphs of each comment."""

    captioned: Flags
    paragraphs: Integers
    comments: Integers
    bodies: Integers


def documents(block: int, seed: int = SEED) -> list[bytes]:
    """The 1,000 documents of a block."""
    rng = np.random.default_rng([seed, block])
    shape = draw_shape(rng)
    kinds = paragraph_kinds(shape)
    texts = iter(draw_texts(rng, kinds))
    openings = iter(draw_openings(rng, int(shape.comments.sum())))
    bodies = iter(shape.bodies.tolist())
    plan = zip(shape.captioned.tolist(), shape.paragraphs.tolist(), shape.comments.tolist(), strict=True)
    return [
        (article(texts, captioned, paragraphs) + thread(texts, openings, bodies, comments) + "\n").encode()
        for captioned, paragraphs, comments in plan
    ]


def capture_of_size(size: int, seed: int = SEED) -> bytes:
    """One capture of about `size` bytes: an article, then the threads of as many documents as it takes."""
    parts: list[bytes] = []
    total = block = 0
    while total < size:
        for document in documents(block, seed):
            first, _, rest = document.rstrip().partition(b"\n\n\n")
            part = rest if parts else first + b"\n\n\n" + rest
            parts.append(part)
            total += len(part) + 3
            if total >= size:
                break
        block += 1
    return b"\n\n\n".join(parts) + b"\n"


def draw_shape(rng: np.random.Generator) -> Shape:
    """How many paragraphs and comments the documents of a block have."""
    comments = np.clip(rng.lognormal(2.45, 0.95, BLOCK).astype(np.int64), 0, 800)
    comments[rng.random(BLOCK) < 0.03] = 0
    total = int(comments.sum())
    bodies = np.where(rng.random(total) < 0.13, 1 + rng.geometric(0.6, total), 1)
    return Shape(rng.random(BLOCK) < 0.85, 2 + rng.poisson(6.0, BLOCK), comments, bodies)


def paragraph_kinds(shape: Shape) -> Integers:
    """The kind of each paragraph, document by document; a caption is drawn even where none is shown."""
    edges = np.concatenate([[0], np.cumsum(shape.bodies)])
    last = np.cumsum(shape.comments)
    bodies = edges[last] - edges[last - shape.comments]
    one = np.ones_like(bodies)
    counts = np.stack([one, one, shape.paragraphs, bodies], axis=1)
    return np.repeat(np.tile([HEADLINE, CAPTION, PARAGRAPH, BODY], BLOCK), counts.ravel())


def draw_texts(rng: np.random.Generator, kinds: Integers) -> list[str]:
    """The text of each paragraph."""
    words = vocabulary()
    lengths = draw_lengths(rng, kinds)
    ends = np.cumsum(lengths)
    chosen = np.searchsorted(words.cumulative, rng.random(int(ends[-1]))).clip(0, words.size - 1)
    forms = chosen + words.size * draw_forms(rng, kinds, lengths)
    written = [words.forms[form] for form in forms.tolist()]
    spans = zip((ends - lengths).tolist(), ends.tolist(), strict=True)
    return [" ".join(written[start:end]) for start, end in spans]


def draw_lengths(rng: np.random.Generator, kinds: Integers) -> Integers:
    """The number of words of each paragraph."""
    count = len(kinds)
    return np.choose(
        kinds,
        [
            rng.integers(6, 15, count),
            rng.integers(4, 13, count),
            np.clip(rng.normal(34, 14, count), 8, 110).astype(np.int64),
            np.clip(rng.lognormal(2.75, 0.85, count).astype(np.int64), 1, 400),
        ],
    )


def draw_forms(rng: np.random.Generator, kinds: Integers, lengths: Integers) -> Integers:
    """The written form of each word: capitals after full stops, titles capitalised, sloppy commenters."""
    ends = np.cumsum(lengths)
    starts = ends - lengths
    chance = rng.random(int(ends[-1]))
    forms = np.select([chance > 0.945, chance < 0.05], [FULL_STOP, COMMA], 0)
    forms[1:][forms[:-1] == FULL_STOP] = CAPITAL
    forms[starts] = CAPITAL
    last = rng.random(len(ends))
    ending = np.select([last < 0.75, last < 0.85, last < 0.9], [FULL_STOP, QUESTION, SHOUT], 0)
    half = np.where(rng.random(len(ends)) < 0.5, FULL_STOP, 0)
    forms[ends - 1] = np.choose(kinds, [CAPITAL, half, FULL_STOP, ending])
    forms[np.repeat(kinds == HEADLINE, lengths)] = CAPITAL
    forms[starts[(rng.random(len(starts)) < 0.12) & (kinds == BODY)]] = 0
    return forms


def draw_openings(rng: np.random.Generator, count: int) -> list[tuple[bool, str | None]]:
    """For each comment whether others were lost before it, and its author unless that was lost."""
    names = commenters()
    places = np.minimum((rng.pareto(0.9, count) * 3).astype(np.int64), len(names) - 1).tolist()
    lost = (rng.random(count) < 0.42).tolist()
    swallowed = (rng.random(count) < 0.03).tolist()
    return [
        (gap, None if gone else names[place])
        for gap, gone, place in zip(swallowed, lost, places, strict=True)
    ]


def article(texts: Iterator[str], captioned: bool, paragraphs: int) -> str:
    """Headline, caption and paragraphs."""
    headline, caption = next(texts), next(texts)
    body = [next(texts) for _ in range(paragraphs)]
    return "\n\n".join([headline, *([caption] if captioned else []), *body])


def thread(
    texts: Iterator[str], openings: Iterator[tuple[bool, str | None]], bodies: Iterator[int], comments: int
) -> str:
    """The comments of a document, each with the blank lines before it."""
    parts = []
    for number in range(comments):
        swallowed, author = next(openings)
        gap = "\n\n" if author is not None and number else "\n\n\n"
        body = "\n\n".join(next(texts) for _ in range(next(bodies)))
        parts += [gap, "\n\n\n" * swallowed, f"{author}\n\n" if author is not None else "", body]
    return "".join(parts)
