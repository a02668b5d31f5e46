"""A release at each tier for all formats, and its tables as Arrow reads them."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builder.core.settings import Settings
from tests.integration.formats.small_release import labelled_sample, released


@pytest.fixture(scope="session")
def sample(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The sample dataset, labelled."""
    return labelled_sample(tmp_path_factory.mktemp("formats") / "sample", repository)


@pytest.fixture(scope="session", params=["research", "open"])
def release(sample: Settings, request: pytest.FixtureRequest) -> Path:
    """A release folder."""
    return released(sample, request.param)


@pytest.fixture(scope="session")
def tables(release: Path) -> dict[str, pa.Table]:
    """Every table of the release."""
    return {file.stem: pq.read_table(file) for file in sorted((release / "data").glob("*.parquet"))}
