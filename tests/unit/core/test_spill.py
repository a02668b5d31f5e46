"""Texts on disk come back as they went, by their number."""

from pathlib import Path

import pyarrow as pa

from builder.core.spill import SpilledTexts


def test_texts_come_back(tmp_path: Path) -> None:
    """Texts that came in parts, slices and empty parts among them, are there by their numbers, while more come."""
    with SpilledTexts(tmp_path / "texts") as spilled:
        spilled.add(pa.array(["zero", "", "zwei ä 🙂"]))
        spilled.add(pa.array([], pa.string()))
        assert spilled[2] == "zwei ä 🙂"
        spilled.add(pa.array(["x", "three", "four"]).slice(1))
        assert [spilled[number] for number in (4, 1, 0, 3)] == ["four", "", "zero", "three"]
