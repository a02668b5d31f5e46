"""Hugging Face datasets loads every table from the folder alone."""

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest


def test_datasets_loads_every_table(
    release: Path, tables: dict[str, pa.Table], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each table that has rows is a configuration, loaded offline, equal to the file; comments are the default."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets

    datasets.disable_progress_bars()
    offered = datasets.get_dataset_config_names(str(release))
    assert set(offered) == {name for name, table in tables.items() if len(table)}
    for name in offered:
        loaded = datasets.load_dataset(str(release), name, split="train", cache_dir=str(tmp_path))
        assert loaded.data.table.cast(tables[name].schema).equals(tables[name]), name
        assert str(loaded.version) == "1.0.0"
    default = datasets.load_dataset(str(release), split="train", cache_dir=str(tmp_path))
    assert default.num_rows == len(tables["comments"])


def test_datasets_counts_the_rows(release: Path, tmp_path: Path) -> None:
    """A file with fewer rows than the card says is refused by datasets itself."""
    import datasets

    shutil.copytree(release, tmp_path / "short")
    file = tmp_path / "short/data/comments.parquet"
    pq.write_table(pq.read_table(file).slice(5), file)
    with pytest.raises(datasets.exceptions.NonMatchingSplitsSizesError):
        datasets.load_dataset(str(tmp_path / "short"), "comments", cache_dir=str(tmp_path / "cache"))
