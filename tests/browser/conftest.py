"""A real browser, one for the whole run, and windows in it as wide as an annotator's."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import CURE, arguments, executable
from tests.browser.windows import open_window
from tests.integration.studio import Annotator, Studio

ARTIFACTS = Path(__file__).parents[2] / ".artifacts" / "screenshots"
LogIn = Callable[[Annotator], Page]


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures of what the tests saw are kept for people to look at."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    return ARTIFACTS


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a screen."""
    path = executable()
    assert path, CURE
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=arguments()) as running,
    ):
        yield running


@pytest.fixture
def log_in(studio: Studio, browser: Browser) -> Iterator[LogIn]:
    """Open a window and log in as somebody, by the form that people fill in."""
    with ExitStack() as open_windows:

        def window(who: Annotator) -> Page:
            page = open_window(browser, studio.url, who)
            open_windows.callback(page.context.close)
            return page

        yield window
