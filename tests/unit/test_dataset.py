"""The dataset in Python: typed tables, threads, and the way back to the raw text."""

from pathlib import Path

import pandas as pd
import pytest

import builder
from builder.core.errors import DataError
from builder.core.ids import article_id
from builder.dataset import Dataset
from builder.run.corpus.pipeline import Build, build
from tests.unit.run.standin import tables_of

CRANE = article_id("paper/a.txt")


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Two articles with comments, one of them with characters beyond the first plane."""
    (tmp_path / "raw/paper").mkdir(parents=True)
    text = "Crane \U0001f600\nAnn: still \U0001f3d7\nnobody said this\nANN: still \U0001f3d7"
    (tmp_path / "raw/paper/a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "raw/paper/b.txt").write_text("Fish", encoding="utf-8")
    build(Build(tmp_path / "raw", tmp_path / "tables", lambda: tables_of))
    return builder.open(tmp_path / "tables")


def test_tables_are_typed_whatever_is_missing(dataset: Dataset) -> None:
    """A column that is missing all over has the type of its schema, as the other columns have."""
    types = {name: str(kind) for name, kind in dataset.comments.dtypes.items()}
    assert types["text"] == types["parent_id"] == "string"
    assert types["posted_at"] == "datetime64[us, UTC]"
    assert types["depth"] == types["position"] == "Int32"
    assert str(dataset.authors.dtypes["n_comments"]) == "Int64"
    assert str(dataset.articles.dtypes["lang_score"]) == "Float32"
    assert [len(table) for table in (dataset.articles, dataset.segments, dataset.issues)] == [2, 5, 0]


def test_a_table_is_read_once(dataset: Dataset) -> None:
    """Asked again, a dataset gives the same frame."""
    assert dataset.comments is dataset.comments


def test_a_thread_is_in_order(dataset: Dataset) -> None:
    """The comments of an article come as on the page; a lost author is missing, not a name."""
    thread = dataset.thread(CRANE)
    assert thread["position"].tolist() == [0, 1, 2]
    assert thread["author_name"].tolist() == ["Ann", pd.NA, "ANN"]
    assert thread["attribution"].tolist() == ["named", "lost", "named"]
    assert dataset.thread(article_id("paper/b.txt")).empty


def test_raw_text_is_what_the_capture_says(dataset: Dataset) -> None:
    """The slices behind a comment come from the raw capture."""
    comments = dataset.thread(CRANE)["comment_id"]
    assert dataset.raw_text(comments[1]) == ("nobody said this\n",)
    assert dataset.raw_text(comments[2])[0].startswith("ANN: still \U0001f3d7")


def test_what_is_not_there_is_a_key_error(dataset: Dataset) -> None:
    """An id that is not in the tables is told as one."""
    for ask in (dataset.article, dataset.thread, dataset.raw_text):
        with pytest.raises(KeyError, match="a0"):
            ask("a0")


def test_a_capture_that_changed_is_not_quoted(dataset: Dataset) -> None:
    """A raw capture that is gone, or not what it was, is an error and never a wrong slice."""
    comment = dataset.thread(CRANE)["comment_id"][0]
    raw = dataset.path.parent / "raw/paper/a.txt"
    raw.write_text("Crane\nAnn: moves", encoding="utf-8")
    with pytest.raises(DataError, match="changed"):
        dataset.raw_text(comment)
    raw.unlink()
    with pytest.raises(DataError, match="cannot be read"):
        dataset.raw_text(comment)


def test_raw_text_moves_with_the_dataset(dataset: Dataset) -> None:
    """Tables and captures that are moved together still know each other."""
    comment = dataset.thread(CRANE)["comment_id"][1]
    moved = dataset.path.parent.rename(dataset.path.parent.with_name("moved"))
    assert builder.open(moved / "tables").raw_text(comment) == ("nobody said this\n",)


def test_without_tables_one_is_told_how_to_build(tmp_path: Path) -> None:
    """Where there are no tables, or those of another version, the error says what to do."""
    with pytest.raises(DataError, match="builder build"):
        builder.open(tmp_path)
    (tmp_path / "build.json").write_text('{"format": 0}', encoding="utf-8")
    with pytest.raises(DataError, match="another version"):
        builder.open(tmp_path)
