"""Nothing of a capture is lost: its segments are its text."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builder.parse.batch import make_batch
from builder.parse.kinds import BLANK, COMMENT
from builder.parse.segment import Segments
from tests.property.parse.texts import CANONICAL
from tests.unit.parse.reading import segments_of

EXTREMES = {
    "nothing": "",
    "one line": "Only this",
    "one line end": "\n",
    "blank lines": "\n \n\t\n\u3000\n",
    "control characters": "\x01\x02\n\n\x7f\x1b[31m\n\n\n\x1c\n",
    "right to left": "\u202eعنوان\n\nنص طويل هنا.\n\n\nعلي\n\nنعم\n",
    "astral": "\U0001f600\n\n\U0010ffff\U00010000 x\n\n\n\U0001f468\u200d\U0001f469\n",
    "a megabyte in one line": "ab é 中 \U0001f600 " * 70_000,
    "spaces without end": " " * 100_000 + "\n" + "\u3000" * 50_000 + "x",
}


def cut(segments: Segments, number: int) -> list[tuple[int, int]]:
    """The spans of one text's segments."""
    own = segments.text == number
    return list(zip(segments.char_start[own].tolist(), segments.char_end[own].tolist(), strict=True))


def assert_covered(texts: list[str]) -> None:
    """Every character of every text is in exactly one segment."""
    segments = segments_of(texts)
    buffer = make_batch([text.encode() for text in texts]).buffer.tobytes()
    assert np.array_equal(segments.text, np.sort(segments.text))
    for number, text in enumerate(texts):
        spans = cut(segments, number)
        assert all(start < end for start, end in spans)
        assert [0, *(end for _, end in spans)] == [*(start for start, _ in spans), len(text)]
    for place, (start, end) in enumerate(zip(segments.start.tolist(), segments.end.tolist(), strict=True)):
        said = texts[segments.text[place]][segments.char_start[place] : segments.char_end[place]]
        assert buffer[start:end].decode() == said
        assert (segments.kind[place] == BLANK) == (not said.strip())


@pytest.mark.parametrize("text", EXTREMES.values(), ids=EXTREMES)
def test_extreme_texts_are_covered(text: str) -> None:
    """Texts at the edge of what a text can be are covered, alone and between others."""
    assert_covered([text])
    assert_covered(["Head\n\nBody.\n", text, "", text, "x"])


@given(st.lists(CANONICAL, max_size=4))
@example([])
def test_every_character_is_in_one_segment(texts: list[str]) -> None:
    """The segments of any texts follow each other without gap or overlap, and their places are their texts."""
    assert_covered(texts)


@given(st.lists(CANONICAL, min_size=1, max_size=3))
def test_probabilities_are_probabilities(texts: list[str]) -> None:
    """Every probability lies in 0 to 1, and blank is sure."""
    segments = segments_of(texts)
    assert ((segments.probability > 0) & (segments.probability <= 1 + 1e-12)).all()
    assert (segments.probability[segments.kind == BLANK] == 1).all()


@given(CANONICAL)
def test_two_segments_of_text_are_parted(text: str) -> None:
    """Between two segments of text stands a blank one, and it holds as many line ends as the gap says, plus one."""
    segments = segments_of([text])
    kinds, gaps = segments.kind.tolist(), segments.gap.tolist()
    assert all(BLANK in pair for pair in pairwise(kinds))
    for place in range(1, len(kinds)):
        blank = text[segments.char_start[place - 1] : segments.char_end[place - 1]]
        if kinds[place] != BLANK:
            assert blank.count("\n") == gaps[place] + (place > 1)


@given(st.lists(CANONICAL, max_size=3))
def test_comments_are_numbered_in_order(texts: list[str]) -> None:
    """Comments are numbered from 0 as they stand, each with a body, all of it in one text."""
    segments = segments_of(texts)
    numbers = segments.comment[segments.comment >= 0]
    assert np.array_equal(np.unique(numbers), np.arange(len(np.unique(numbers))))
    assert (np.diff(numbers) >= 0).all()
    for number in np.unique(numbers):
        own = segments.comment == number
        assert COMMENT in segments.kind[own]
        assert len(set(segments.text[own].tolist())) == 1


@given(st.lists(CANONICAL, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_a_text_is_parsed_as_if_it_were_alone(texts: list[str], chance: object) -> None:
    """What else is in the batch changes nothing of a text: not a kind, not a probability."""
    together = segments_of(texts)
    number = chance.randrange(len(texts))  # type: ignore[attr-defined]
    alone = segments_of([texts[number]])
    own = together.text == number
    for column in ("kind", "char_start", "char_end", "gap"):
        assert np.array_equal(getattr(together, column)[own], getattr(alone, column))
    assert np.array_equal(np.round(together.probability[own], 3), np.round(alone.probability, 3))
