"""A real browser, one for the whole run, and windows in it as wide as an annotator's."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import CURE, arguments, executable
from tests.integration.studio import Annotator, Studio

WIDTH, HEIGHT = 1366, 768
LogIn = Callable[[Annotator], Page]


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
            context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
            open_windows.callback(context.close)
            page = context.new_page()
            page.goto(f"{studio.url}user/login/")
            page.fill("input[name=email]", who.address)
            page.fill("input[name=password]", who.password)
            page.click("button[type=submit]")
            page.wait_for_url(lambda url: "/user/login" not in url)
            return page

        yield window
