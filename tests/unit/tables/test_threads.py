"""Threads: comments as places in the segments."""

import numpy as np
import pytest

from builder.tables.threads import threads_of
from tests.unit.tables.pieces import segments

HEAD = ("headline", -1, 0.99, 0)
BODY = ("paragraph", -1, 0.95, 1)
ONE = [
    HEAD,
    BODY,
    ("author", 0, 0.9, 2),
    ("comment", 0, 0.8, 1),
    ("comment", 0, 0.7, 1),
    ("comment", 1, 0.95, 5),
]
TWO = [("author", -1, 0.4, 1), ("author", 2, 0.9, 1), ("comment", 2, 0.9, 0), ("author", -1, 0.6, 1)]


def test_comments_know_their_segments() -> None:
    """Body, author, text, position and gap of every comment are those of its segments."""
    found = threads_of(segments(ONE, [HEAD], TWO))
    assert found.count.tolist() == [2, 1, 1]
    assert found.body.tolist() == [6, 8, 10, 16]
    assert (found.first.tolist(), found.last.tolist()) == ([6, 10, 16], [8, 10, 16])
    assert found.named.tolist() == [True, False, True]
    assert found.author[found.named].tolist() == [4, 14]
    assert found.text.tolist() == [0, 0, 2]
    assert found.position.tolist() == [0, 1, 0]
    assert found.gap.tolist() == [2, 5, 1]


def test_a_comment_is_as_sure_as_where_it_ends() -> None:
    """A comment's confidence is the least of its lines' and of the next line's in the same text."""
    assert threads_of(segments(ONE, [HEAD], TWO)).confidence.tolist() == pytest.approx([0.7, 0.95, 0.6])


def test_no_comments_are_no_threads() -> None:
    """Texts without comments, and no texts, give empty columns."""
    for texts in ([], [[HEAD]], [[HEAD, BODY], []]):
        found = threads_of(segments(*texts))
        assert {
            len(getattr(found, name)) for name in ("body", "count", "text", "position", "confidence")
        } == {0}


def test_positions_begin_anew_in_every_text() -> None:
    """Positions count from 0 in each text."""
    texts = [[("comment", 2 * text + number, 1.0, 1) for number in range(2)] for text in range(3)]
    assert np.array_equal(threads_of(segments(*texts)).position, [0, 1] * 3)
