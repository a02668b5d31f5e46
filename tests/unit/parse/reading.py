"""Texts read as the builder reads them, for tests that look at one station of the way."""

from collections.abc import Sequence
from functools import cache

from builder.parse.batch import Batch, make_batch
from builder.parse.kinds import KINDS
from builder.parse.lines import Lines, split_lines
from builder.parse.model import Model
from builder.parse.segment import Segments, label, segment
from builder.run.corpus.weights import shipped_model


@cache
def model() -> Model:
    """The shipped model, read once."""
    return shipped_model()


def lines_of(*texts: str) -> tuple[Batch, Lines]:
    """A batch of texts and its lines."""
    batch = make_batch([text.encode() for text in texts])
    return batch, split_lines(batch)


def segments_of(texts: Sequence[str]) -> Segments:
    """The segments of some texts, parsed in one batch."""
    batch = make_batch([text.encode() for text in texts])
    return segment(batch, label(batch, model()))


def told(text: str) -> list[tuple[str, str]]:
    """Kind and text of every segment that is not blank."""
    cut = segments_of([text])
    spans = zip(cut.kind.tolist(), cut.char_start.tolist(), cut.char_end.tolist(), strict=True)
    return [(KINDS[kind], text[start:end]) for kind, start, end in spans if KINDS[kind] != "blank"]


def signed(text: str) -> list[tuple[str | None, list[str]]]:
    """Author and paragraphs of every comment."""
    cut = segments_of([text])
    found: dict[int, tuple[str | None, list[str]]] = {}
    for place, number in enumerate(cut.comment.tolist()):
        if number < 0:
            continue
        author, body = found.get(number, (None, []))
        said = text[cut.char_start[place] : cut.char_end[place]]
        found[number] = (said, body) if KINDS[cut.kind[place]] == "author" else (author, [*body, said])
    return list(found.values())
