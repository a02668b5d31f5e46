"""The tiny dataset that each test damages in its own way."""

import pytest

from tests.unit.tables.corpus import PAGES, Dataset, dataset


@pytest.fixture(scope="session")
def good() -> Dataset:
    """A dataset without a fault."""
    return dataset(PAGES)
