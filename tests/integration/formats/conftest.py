"""One release folder for all formats, and its tables as Arrow reads them."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.integration.formats.small_release import write_release


@pytest.fixture(scope="session")
def release(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release folder."""
    folder = tmp_path_factory.mktemp("formats")
    write_release(folder, repository)
    return folder / "release"


@pytest.fixture(scope="session")
def tables(release: Path) -> dict[str, pa.Table]:
    """Every table of the release."""
    return {file.stem: pq.read_table(file) for file in sorted((release / "data").glob("*.parquet"))}
