"""The folder of threads that training and scoring are tried on."""

from pathlib import Path

import pytest

from tests.unit.learn.folder import lay_out


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of threads made from sample captures; nobody may change it."""
    return lay_out(tmp_path_factory.mktemp("threads"))
