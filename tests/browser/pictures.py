"""Takes the pictures of the labelling configs again: `python -m tests.browser.pictures`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.browser.chromium import arguments, executable
from tests.browser.screens import ROOT, SCREENS, config_of, make_project, open_stream, press
from tests.browser.windows import open_window
from tests.integration.studio import running_studio


def main() -> None:
    """Start a server, open each screen as an annotator, answer so that every question shows, and take it."""
    with (
        TemporaryDirectory() as folder,
        running_studio(Path(folder)) as studio,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable(), args=arguments())
        page = open_window(browser, studio.url, studio.annotator("ana"))
        for name, screen in SCREENS.items():
            project = make_project(studio.server(), config_of(screen), [screen.data])
            open_stream(page, studio.url, project)
            press(page, screen.keys)
            page.screenshot(path=ROOT / "annotation_configs" / f"{name}.png")


if __name__ == "__main__":
    main()
