"""What the tables of the corpus say of labelled units."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa

import builder
from builder.labels.sheets import Sheet, counting, sheets
from builder.run.labels.label_units import LabelUnits
from tests.unit.labels.merged import KNOWN, merged, said
from tests.unit.run.labelled import labelled_dataset


def sheet_of(unit_type: str, units: list[str]) -> Sheet:
    """A sheet about these units."""
    tables = merged(said(1, 1))
    (sheet,) = sheets(counting(tables, "human"), tables, KNOWN)
    return replace(sheet, unit_type=unit_type, units=tuple(units))


def test_lengths_are_those_of_the_labelled_texts(tmp_path: Path) -> None:
    """A comment is as long as its text, an article as its body, a capture as all of it; what is gone has no length."""
    comments = labelled_dataset(tmp_path)
    dataset, units = builder.open(tmp_path / "data/tables"), LabelUnits(tmp_path / "data/tables")
    gone = "c" + "f" * 20
    first = comments["comment_id"][0]
    assert units.lengths(sheet_of("comment", [first, gone])).tolist() == [len(comments["text"][0]), 0]
    article = dataset.articles.iloc[0]
    assert units.lengths(sheet_of("article", [article["article_id"]])).tolist() == [len(article["text"])]
    raw = (tmp_path / "data/raw" / article["capture"]).read_text(encoding="utf-8")
    assert units.lengths(sheet_of("capture", [article["article_id"]])).tolist() == [len(raw)]


def test_sources_of_comments_and_articles(tmp_path: Path) -> None:
    """A comment is of the source of its article; what is gone has no source."""
    comments = labelled_dataset(tmp_path)
    units = LabelUnits(tmp_path / "data/tables")
    first = comments.iloc[0]
    wanted = pa.chunked_array([[first["comment_id"], first["article_id"], "c" + "f" * 20]])
    source, same, gone = units.sources(wanted).to_pylist()
    assert source == same
    assert source in {"paper", "radio"}
    assert gone is None
