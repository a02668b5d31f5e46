"""Large texts: what is done by slices gives what is done at once."""

import numpy as np
import pytest

from builder.parse.alphabet import kinds, lower
from builder.parse.batch import make_batch
from builder.parse.decode import decode
from builder.parse.lines import split_lines
from builder.parse.rank import characters

SIZE = 1 << 20  # bytes; the slices of text are as long
# Three-byte characters, shifted so that one of them lies across the end of a slice, whatever the shift.
TEXTS = [b"x" * shift + "Ж橋\n".encode() * (SIZE // 3) for shift in range(3)]


@pytest.mark.parametrize("text", TEXTS)
def test_a_character_across_two_slices_is_read(text: bytes) -> None:
    """A large text is UTF-8 even where a slice ends within a character, and comes out as it went in."""
    found = decode(text)
    assert (found.encoding, found.text, found.notes) == ("utf-8", text, ())


@pytest.mark.parametrize("text", TEXTS)
def test_a_fault_in_a_large_text_is_found(text: bytes) -> None:
    """A byte that is no UTF-8 is found behind the first slice, and so is a character cut off at the end."""
    assert decode(text + b"\xff\n").encoding != "utf-8"
    assert decode(text + "Ж".encode()[:1]).encoding != "utf-8"


@pytest.mark.parametrize("text", TEXTS)
def test_lines_and_characters_of_a_large_text(text: bytes) -> None:
    """Lines and counts of characters are those of plain Python, on both sides of a slice's end."""
    batch = make_batch([text])
    lines = split_lines(batch)
    ends = [place for place, byte in enumerate(text) if byte == 10]
    assert lines.end.tolist() == ends
    continued = batch.buffer.view(np.int8) < -64
    places = np.arange(SIZE - 70, SIZE + 70)
    assert (characters(batch.buffer).count(places) == np.cumsum(continued)[places - 1]).all()


def test_many_characters_are_looked_up() -> None:
    """The kind and lower case of a character do not hang on how many others are looked up with it."""
    few = np.array([ord(sign) for sign in "AaЖ橋1 .🐘"], dtype=np.uint32)
    many = np.tile(few, 100_000)
    assert (kinds(many).reshape(-1, len(few)) == kinds(few)).all()
    assert (lower(many).reshape(-1, len(few)) == lower(few)).all()
