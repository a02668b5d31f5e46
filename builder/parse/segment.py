"""A batch of texts becomes segments: every character of every text in exactly one of them."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from builder.parse.arrays import Codes, Flags, Floats, Ints
from builder.parse.batch import Batch
from builder.parse.caption import find_captions
from builder.parse.emission import emissions
from builder.parse.features import features
from builder.parse.gapped import decode_gapped
from builder.parse.gaps import JOINED
from builder.parse.kinds import AUTHOR, BLANK, CAPTION, COMMENT, HEADLINE, PARAGRAPH
from builder.parse.lines import Lines, split_lines
from builder.parse.model import STATES, Model

_T = TypeVar("_T", bound=np.generic)
_AUTHOR, _FIRST = STATES.index("author"), STATES.index("first")
_KIND_OF = np.array([PARAGRAPH, AUTHOR, COMMENT, COMMENT], dtype=np.uint8)  # in the order of the states


@dataclass(frozen=True)
class Labelled:
    """What each line of a batch is.

    Attributes:
        lines: the lines.
        kind: an index into `KINDS`.
        opens: whether a comment begins with it (with its author's line, where there is one).
        comment: the number of its comment in the batch, -1 for what is of no comment.
        probability: how sure its kind is.
    """

    lines: Lines
    kind: Codes
    opens: Flags
    comment: Ints
    probability: Floats


@dataclass(frozen=True)
class Segments:
    """Runs of characters that cover every text of a batch, in order.

    Attributes:
        text: the text of the batch that each is of.
        kind: an index into `KINDS`.
        start, end: bytes of the buffer.
        char_start, char_end: code points of the text.
        comment: the number of its comment in the batch, or -1.
        probability: how sure its kind is; 1 for blank.
        gap: blank lines before it; 0 for blank.
    """

    text: Ints
    kind: Codes
    start: Ints
    end: Ints
    char_start: Ints
    char_end: Ints
    comment: Ints
    probability: Floats
    gap: Ints


def label(batch: Batch, model: Model) -> Labelled:
    """Say of every line what it is."""
    lines = split_lines(batch)
    seen = features(batch, lines, model.lexicon)
    decoded = decode_gapped(lines, emissions(lines, seen, model), model.grammar)
    in_article = decoded.state == 0
    kind = _KIND_OF.take(decoded.state)
    kind[lines.opens & in_article] = HEADLINE
    captions = find_captions(lines, seen, in_article & ~lines.opens)
    kind[captions.line] = CAPTION
    probability = decoded.probability.copy()
    probability[captions.line] *= captions.probability
    opens = _opens(decoded.state, lines)
    return _without_lone_authors(Labelled(lines, kind, opens, _numbered(opens, in_article), probability))


def _opens(state: Ints, lines: Lines) -> Flags:
    """A comment begins with its author, or with its first paragraph where no author stands right before that."""
    signed = np.zeros(len(state), dtype=np.bool_)
    # Across a wide gap an author is another's, whose comment was lost: a lost author is never named.
    signed[1:] = (state[:-1] == _AUTHOR) & ~lines.opens[1:] & (lines.gap[1:] <= JOINED)
    opens: Flags = (state == _AUTHOR) | ((state == _FIRST) & ~signed)
    return opens


def _numbered(opens: Flags, in_article: Flags) -> Ints:
    return np.where(in_article, -1, np.cumsum(opens) - 1)


def _without_lone_authors(labelled: Labelled) -> Labelled:
    """An author whose comment was lost whole is no comment of its own: it keeps its line and has no number."""
    after = np.append(labelled.kind[1:] == COMMENT, False)[: len(labelled.kind)]
    after &= ~np.append(labelled.opens[1:], True)[: len(labelled.kind)]
    lone = (labelled.kind == AUTHOR) & ~after
    opens = labelled.opens & ~lone
    comment = np.where(lone | (labelled.comment < 0), -1, np.cumsum(opens) - 1)
    return Labelled(labelled.lines, labelled.kind, opens, comment, labelled.probability)


def segment(batch: Batch, labelled: Labelled) -> Segments:
    """Join lines that nothing parts into segments, and put the blank runs between them."""
    lines = labelled.lines
    joined = (lines.gap == 0) & ~lines.opens & ~labelled.opens
    joined[1:] &= (labelled.kind[1:] == labelled.kind[:-1]) & (labelled.comment[1:] == labelled.comment[:-1])
    head = np.flatnonzero(~joined)
    tail = np.append(head[1:], len(lines))[: len(head)] - 1
    probability = np.minimum.reduceat(labelled.probability, head) if len(head) else labelled.probability
    return _covering(batch, labelled, head, tail, probability)


def _covering(batch: Batch, labelled: Labelled, head: Ints, tail: Ints, probability: Floats) -> Segments:
    """All segments in order: those of text, and a blank run wherever a text or one of them leaves characters."""
    text, start, end = labelled.lines.text[head], labelled.lines.start[head], labelled.lines.end[tail]
    leads = batch.starts < _openings(batch, text, start)
    follows = end < batch.ends[text]
    starts = np.concatenate([start, end[follows], batch.starts[leads]])
    texts = np.concatenate([text, text[follows], np.flatnonzero(leads)])
    order = np.argsort(starts, kind="stable")
    starts, texts = starts[order], texts[order]
    last = np.append(np.diff(texts) > 0, True)[: len(texts)]

    def up_to_next(values: Ints, of_text: Ints) -> Ints:
        ends = np.append(values[1:], 0)[: len(values)]
        ends[last] = of_text[texts[last]]
        return ends

    def laid(of_text: NDArray[_T], of_blank: int) -> NDArray[_T]:
        values = np.full(len(order), of_blank, dtype=of_text.dtype)
        values[: len(of_text)] = of_text
        return values[order]

    zero, place = batch.characters(batch.starts)[texts], batch.characters(starts)
    return Segments(
        text=texts,
        kind=laid(labelled.kind[head], BLANK),
        start=starts,
        end=up_to_next(starts, batch.ends),
        char_start=place - zero,
        char_end=up_to_next(place, batch.characters(batch.ends)) - zero,
        comment=laid(labelled.comment[head], -1),
        probability=laid(probability, 1),
        gap=laid(labelled.lines.gap[head], 0),
    )


def _openings(batch: Batch, text: Ints, start: Ints) -> Ints:
    """Where the first segment of each text begins; where there is none, where the text ends."""
    first = np.searchsorted(text, np.arange(len(batch)))
    opening: Ints = np.minimum(np.append(start, len(batch.buffer))[first], batch.ends)
    return opening
