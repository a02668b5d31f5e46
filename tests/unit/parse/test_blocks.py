"""Blocks: lines that no wide gap parts, and the pieces that long ones are decoded in."""

import numpy as np
import pytest

from builder.parse import blocks as blocks_module
from builder.parse.blocks import LONGEST, find_blocks
from builder.parse.gaps import GAPS
from builder.parse.kinds import KINDS
from tests.unit.parse.reading import lines_of, segments_of

TEXT = "Head\n\nOne.\nTwo.\n\n\nAnn\n\nYes.\n\n\n\n\nNo.\n"
THREAD = (
    "Head\n\nThe bridge is closed, engineers said on Tuesday.\n\n\nAnn\n\nHello, when does it open?\n\n\n"
)
SAYS = "Hello there, I think you are wrong about the bridge, as always."


def test_a_wide_gap_parts_blocks() -> None:
    """Two blank lines or more begin a block, and so does a text; one blank line and none do not."""
    found = find_blocks(lines_of(TEXT, "", "x\n")[1])
    assert found.runs.start.tolist() == [0, 3, 5, 6]
    assert found.runs.length.tolist() == [3, 2, 1, 1]
    assert found.text.tolist() == [0, 0, 0, 2]
    assert [GAPS[gap] for gap in found.gap] == ["none", "two", "four", "none"]
    assert found.opens.tolist() == [True, False, False, True]
    assert found.of_line().tolist() == [0, 0, 0, 1, 1, 2, 3]


def test_a_short_block_is_one_piece() -> None:
    """A block up to the limit is decoded in one go."""
    found = find_blocks(lines_of(TEXT, "x\n" * LONGEST)[1])
    assert found.piece.start.tolist() == found.runs.start.tolist()
    assert found.begins.all()
    assert found.ends.all()


@pytest.mark.parametrize("size", [LONGEST + 1, 2 * LONGEST, 3 * LONGEST - 1])
def test_a_long_block_is_several_pieces(size: int) -> None:
    """The pieces of a long block follow each other, are at most the limit long, and know the first and last."""
    found = find_blocks(lines_of("Head\n\n\n" + "x\n" * size, "y\n")[1])
    assert found.runs.length.tolist() == [1, size, 1]
    assert found.piece.length.max() == LONGEST
    assert (found.piece.start[1:] == (found.piece.start + found.piece.length)[:-1]).all()
    assert found.piece.length.sum() == size + 2
    pieces = -(-size // LONGEST)
    assert found.owner.tolist() == [0, *[1] * pieces, 2]
    assert found.begins.tolist() == [True, True, *[False] * (pieces - 1), True]
    assert found.ends.tolist() == [True, *[False] * (pieces - 1), True, True]


def test_no_line_is_no_block() -> None:
    """A batch without lines has no blocks and no pieces."""
    found = find_blocks(lines_of("", "\n")[1])
    assert (len(found), len(found.piece), len(found.begins), len(found.ends)) == (0, 0, 0, 0)


def test_a_long_thread_loses_no_line() -> None:
    """A block of comments beyond the limit is decoded to its end, and every character is covered."""
    text = THREAD + f"Ann Lee\n\n{SAYS}\n\nBob\n\n{SAYS}\n\n" * LONGEST
    found = segments_of([text])
    assert (found.char_start[0], found.char_end[-1]) == (0, len(text))
    assert np.array_equal(found.char_start[1:], found.char_end[:-1])
    assert KINDS.index("paragraph") not in found.kind[-8 * LONGEST :]
    assert (found.kind == KINDS.index("author")).sum() >= 2 * LONGEST
    assert found.comment.max() + 1 >= 2 * LONGEST


def test_pieces_change_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a block is cut into pieces the lines away from the cuts keep their kinds."""
    text = THREAD + f"Ann Lee\n\n{SAYS}\n\n" * 12
    whole = segments_of([text])
    monkeypatch.setattr(blocks_module, "LONGEST", 8)
    pieces = segments_of([text])
    assert pieces.kind.tolist() == whole.kind.tolist()
    assert not np.array_equal(pieces.probability, whole.probability)
