"""Lines are what splitting a text at its line ends gives."""

from hypothesis import given
from hypothesis import strategies as st

from tests.property.parse.texts import CANONICAL
from tests.unit.parse.reading import lines_of


@given(st.lists(CANONICAL, max_size=4))
def test_lines_are_those_with_text(texts: list[str]) -> None:
    """A line is found if and only if it holds more than white space, with the blank lines before it."""
    batch, lines = lines_of(*texts)
    wanted = []
    for number, text in enumerate(texts):
        gap = 0
        for line in text.split("\n"):
            if line.strip():
                wanted.append((number, line, gap))
            gap = 0 if line.strip() else gap + 1
    said = batch.buffer.tobytes()
    found = zip(
        lines.text.tolist(), lines.start.tolist(), lines.end.tolist(), lines.gap.tolist(), strict=True
    )
    assert [(text, said[start:end].decode(), gap) for text, start, end, gap in found] == wanted


@given(st.lists(CANONICAL, max_size=4))
def test_every_text_knows_its_lines(texts: list[str]) -> None:
    """`first` bounds the lines of each text, and a line opens its text if and only if it is its first."""
    _, lines = lines_of(*texts)
    texts_of_lines = lines.text.tolist()
    assert lines.first.tolist() == [
        sum(text < number for text in texts_of_lines) for number in range(len(texts) + 1)
    ]
    assert lines.opens.tolist() == [
        place == texts_of_lines.index(text) for place, text in enumerate(texts_of_lines)
    ]
