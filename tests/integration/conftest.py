"""A dataset whose studios are kept apart from the user's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.command import run


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A dataset, and a home for studios that the command finds; what was started is ended."""
    folder = tmp_path_factory.mktemp("own-studio")
    (folder / "dataset").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUILDER_STUDIO_HOME", str(folder / "home"))
        patch.delenv("LABEL_STUDIO_URL", raising=False)
        patch.delenv("LABEL_STUDIO_API_KEY", raising=False)
        yield folder / "dataset"
        run("studio", "down", cwd=folder / "dataset")
