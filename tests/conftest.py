"""What every test shares: where the repository is, and a mark for the folder a test lives in."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from tests.integration.studio import Studio

TESTS = Path(__file__).parent

# A shared machine stalls now and then; a slow example is no broken promise.
hypothesis.settings.register_profile("newsthreads", deadline=None, print_blob=True)
hypothesis.settings.load_profile("newsthreads")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds pyproject.toml."""
    return TESTS.parent


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Studio"]:
    """One real Label Studio for the whole run; the first run on a machine installs it, which takes minutes."""
    from tests.integration.studio import running_studio

    with running_studio(tmp_path_factory.mktemp("studio")) as up:
        yield up


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with the name of its folder, so that `-m walls` is the same as `tests/walls`."""
    for item in items:
        item.add_marker(item.path.relative_to(TESTS).parts[0])
