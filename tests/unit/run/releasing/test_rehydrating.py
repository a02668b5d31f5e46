"""An open release on disk and a reader's own captures."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from builder.core.errors import UsageError
from builder.run.releasing.rehydrating import rehydrate
from tests.unit.release.privacy.pseudonymised import pseudonymised
from tests.unit.release.privacy.study import KEY, study
from tests.unit.release.privacy.test_rehydrate import opened
from tests.unit.tables.corpus import Dataset

RING = "Dear ANNA LIND, ring 030 1234567 now."


@pytest.fixture
def published(tmp_path: Path) -> Dataset:
    """The study, its open release in ``release`` and its captures in ``raw``."""
    made = study([(RING, "ring")])
    (tmp_path / "release/data").mkdir(parents=True)
    for name, table in opened(dict(pseudonymised(made.tables, KEY, "open").tables)).items():
        pq.write_table(table, tmp_path / f"release/data/{name}.parquet")
    for name, data in made.raw.items():
        (tmp_path / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "raw" / name).write_bytes(data)
    return made


def test_texts_are_joined(published: Dataset, tmp_path: Path) -> None:
    """The tables written have the text of every article and comment, and all other tables beside them."""
    done = rehydrate(tmp_path / "release", tmp_path / "raw", tmp_path / "out")
    assert not done.problems
    assert (done.articles, done.comments) == (4, 6)
    comments = pq.read_table(tmp_path / "out/comments.parquet")
    assert comments["text"].to_pylist() == published.tables["comments"]["text"].to_pylist()
    (span,) = pq.read_table(tmp_path / "out/spans.parquet").to_pylist()
    assert span["text"] == "ring"
    assert {file.name for file in (tmp_path / "release/data").iterdir()} <= {
        file.name for file in (tmp_path / "out").iterdir()
    }


def test_a_capture_is_known_by_its_bytes(published: Dataset, tmp_path: Path) -> None:
    """Where it lies and what it is called does not matter."""
    (tmp_path / "raw/mine").mkdir()
    for number, name in enumerate(published.raw):
        (tmp_path / "raw" / name).rename(tmp_path / f"raw/mine/{number}.txt")
    assert not rehydrate(tmp_path / "release", tmp_path / "raw", tmp_path / "out").problems


def test_what_cannot_be_joined_is_told(published: Dataset, tmp_path: Path) -> None:
    """A capture that is gone and one with other bytes are told apart, and their texts stay empty."""
    storm, roses, *_ = published.raw
    (tmp_path / "raw" / storm).unlink()
    (tmp_path / "raw" / roses).write_text("Something else")
    done = rehydrate(tmp_path / "release", tmp_path / "raw", tmp_path / "out")
    assert {one.reason for one in done.problems.values()} == {"missing", "changed"}
    assert done.as_json()["reasons"] == {"changed": 1, "missing": 1}
    assert done.articles == 2
    assert pq.read_table(tmp_path / "out/comments.parquet")["text"].null_count == 5


def test_segments_of_another_cut_are_told(published: Dataset, tmp_path: Path) -> None:
    """Where the segments do not cover the capture, nothing is cut out of it."""
    file = tmp_path / "release/data/segments.parquet"
    pq.write_table(pq.read_table(file).slice(1), file)
    done = rehydrate(tmp_path / "release", tmp_path / "raw", tmp_path / "out")
    assert published.raw
    assert [one.reason for one in done.problems.values()] == ["cut"]


def test_only_an_open_release_will_do(published: Dataset, tmp_path: Path) -> None:
    """Text that is there already, a folder without tables and a folder that is full are refused."""
    assert published.raw
    with pytest.raises(UsageError, match="is no release"):
        rehydrate(tmp_path, tmp_path / "raw", tmp_path / "out")
    with pytest.raises(UsageError, match="not empty"):
        rehydrate(tmp_path / "release", tmp_path / "raw", tmp_path / "raw")
    pq.write_table(published.tables["comments"], tmp_path / "release/data/comments.parquet")
    with pytest.raises(UsageError, match="tier open"):
        rehydrate(tmp_path / "release", tmp_path / "raw", tmp_path / "out")
