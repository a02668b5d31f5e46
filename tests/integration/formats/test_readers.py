"""The tools that people already have read every table as it is."""

import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest


def test_pandas_reads_every_table(release: Path, tables: dict[str, pa.Table]) -> None:
    """What pandas reads becomes the same Arrow table again."""
    for name, table in tables.items():
        frame = pd.read_parquet(release / f"data/{name}.parquet", dtype_backend="pyarrow")
        assert pa.Table.from_pandas(frame, table.schema, preserve_index=False).equals(table), name


def test_polars_reads_every_table(release: Path, tables: dict[str, pa.Table]) -> None:
    """What polars reads becomes the same Arrow table again."""
    import polars as pl

    for name, table in tables.items():
        frame = pl.read_parquet(release / f"data/{name}.parquet")
        assert frame.to_arrow().cast(table.schema).equals(table), name


def test_duckdb_reads_every_table(release: Path, tables: dict[str, pa.Table]) -> None:
    """What DuckDB reads becomes the same Arrow table again."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        for name, table in tables.items():
            found = connection.read_parquet(str(release / f"data/{name}.parquet")).to_arrow_table()
            assert found.cast(table.schema).equals(table), name


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="there is no sha256sum here")
def test_sha256sum_checks_the_files(release: Path) -> None:
    """``sha256sum -c`` finds every file as it was released."""
    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=release, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "data/comments.parquet: OK" in done.stdout
