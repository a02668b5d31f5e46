"""Cutting by code points over bytes is slicing."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from builder.tables.check_buffer import buffer_of

TEXT = st.text(st.sampled_from("a\n é\u05d0中🐘\U0010ffff"), max_size=12)


@given(st.lists(st.tuples(TEXT, st.integers(0, 14), st.integers(0, 14)), min_size=1))
def test_a_cut_is_a_slice(drawn: list[tuple[str, int, int]]) -> None:
    """For any texts and offsets the buffer gives what Python's slices give."""
    texts, starts, ends = zip(*drawn, strict=True)
    buffer = buffer_of([text.encode() for text in texts])
    cut = buffer.cut(np.arange(len(texts)), np.array(starts), np.array(ends)).to_pylist()
    assert cut == [text[start:end] for text, start, end in drawn]
    assert buffer.lengths.tolist() == [len(text) for text in texts]
