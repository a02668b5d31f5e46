"""Windows of a browser, as wide as an annotator's, in which somebody has logged in."""

from playwright.sync_api import Browser, Page

from tests.integration.studio import Annotator

WIDTH, HEIGHT = 1366, 768


def open_window(browser: Browser, url: str, who: Annotator) -> Page:
    """A new window in which somebody has logged in, by the form that people fill in."""
    page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}).new_page()
    page.goto(f"{url}user/login/")
    page.fill("input[name=email]", who.address)
    page.fill("input[name=password]", who.password)
    page.click("button[type=submit]")
    page.wait_for_url(lambda at: "/user/login" not in at)
    return page
