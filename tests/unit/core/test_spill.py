"""Texts on disk come back as they went, by their number, whether they were put there or lie there already."""

from pathlib import Path

import pyarrow as pa

from builder.core.spill import SpilledTexts, TextsSoFar, mapped_texts
from builder.core.tablefile import read_parts, write_parts


def test_texts_come_back(tmp_path: Path) -> None:
    """Texts that came in parts, slices and empty parts among them, are there by their numbers, while more come."""
    with SpilledTexts(tmp_path / "texts") as spilled:
        spilled.add(pa.array(["zero", "", "zwei ä 🙂"]))
        spilled.add(pa.array([], pa.string()))
        assert spilled[2] == "zwei ä 🙂"
        spilled.add(pa.array(["x", "three", "four"]).slice(1))
        assert [spilled[number] for number in (4, 1, 0, 3)] == ["four", "", "zero", "three"]


def test_texts_are_read_where_they_lie(tmp_path: Path) -> None:
    """Texts of a mapped column, of a slice of it too, are read from its file; those that follow are spilled."""
    file, texts = tmp_path / "part", ["zero", "", "zwei ä 🙂", "three", "four"]
    write_parts(file, [pa.table({"n": range(9)}), pa.table({"n": range(5), "text": texts})])
    (column,) = read_parts(file)[1]["text"].chunks
    with SpilledTexts(tmp_path / "texts") as spilled:
        so_far = TextsSoFar(spilled)
        so_far.stay(mapped_texts(file, column))
        so_far.stay(mapped_texts(file, column.slice(2, 2)))
        so_far.spill(pa.array(["seven"]))
        del column
        assert [so_far[number] for number in range(8)] == [*texts, *texts[2:4], "seven"]
