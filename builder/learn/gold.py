"""Gold texts become a state for every line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from builder.core.errors import DataError
from builder.learn.threads import Thread
from builder.parse.arrays import Ints
from builder.parse.batch import Batch
from builder.parse.lines import Lines
from builder.parse.model import STATES

HEADLINE = -1


def gold_states(threads: Sequence[Thread], batch: Batch, lines: Lines) -> Ints:
    """The true state of every line: an index into `STATES`, or `HEADLINE`.

    Raises `DataError` where a line of a text is not the next thing in its gold.
    """
    states = np.empty(len(lines), dtype=np.int64)
    for number, thread in enumerate(threads):
        expected = list(_expected(thread.gold))
        here = range(lines.first[number], lines.first[number + 1])
        if len(expected) != len(here):
            raise DataError(f"{thread.file}: {len(here)} lines, but its gold has {len(expected)}.")
        for line, (state, text) in zip(here, expected, strict=True):
            found = batch.buffer[lines.start[line] : lines.end[line]].tobytes().decode()
            if found.split() != text.split():
                raise DataError(f"{thread.file}: the line {found[:40]!r} is {text[:40]!r} in its gold.")
            states[line] = state
    return states


def _expected(gold: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """What the lines of a text are, in order."""
    if gold["headline"]:
        yield HEADLINE, gold["headline"]
    for paragraph in ([gold["caption"]] if gold.get("caption") else []) + gold["paragraphs"]:
        yield STATES.index("paragraph"), paragraph
    for comment in gold["comments"]:
        if comment["author"]:
            yield STATES.index("author"), comment["author"]
        body = comment["body"] if isinstance(comment["body"], list) else [comment["body"]]
        for number, paragraph in enumerate(filter(None, body)):
            yield STATES.index("more" if number else "first"), paragraph
