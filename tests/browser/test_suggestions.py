"""Suggestions in the browser: a person finds the form filled in, leaves it or changes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.annotate.server.projects import label_stream, projects_of
from tests.browser.conftest import LogIn
from tests.browser.screens import press, submit, wait_for_task
from tests.integration.studio import Studio
from tests.integration.taught import Taught, taught_study

CHECKED = ".nt-screen input:checked"
KEYS = {"none": "1", "rude": "2"}


@pytest.fixture
def study(studio: Studio, tmp_path: Path) -> Iterator[Taught]:
    """A study whose first round was answered and merged."""
    with taught_study(studio, tmp_path) as made:
        yield made


def test_a_filled_form_is_left_or_changed(
    studio: Studio, study: Taught, log_in: LogIn, screenshots: Path
) -> None:
    """The suggested answer is chosen when the task opens; submitted as it is or changed, the tables tell which."""
    words = ("--config", "comment_hostility", "--round", "helped", "--sample", "2", "--suggest", "baseline")
    study.told("push", *words, "--annotators", "mina")
    (project,) = [
        one for one in projects_of(studio.server(), study.root.name) if one.marker.round == "helped"
    ]
    page = log_in(studio.annotator("mina"))
    page.goto(label_stream(studio.server(), project))
    page.get_by_text("Content warning.").wait_for()
    page.keyboard.press("Escape")
    for change in (False, True):
        wait_for_task(page)
        page.locator(CHECKED).first.wait_for()
        assert page.locator(CHECKED).count() == 1
        page.screenshot(path=screenshots / f"suggested-{change}.png")
        rude = page.get_by_text("Against whom?").is_visible()
        press(page, ["e", *((["1"] if rude else ["2", "a"]) if change else (["a"] if rude else []))])
        submit(page)
    study.say("pull")
    study.say("merge")
    outcomes = study.frame("suggestions").merge(study.frame("annotations"), on=["annotation_id", "version"])
    assert outcomes.sort_values("created_at")["outcome"].tolist() == ["accepted", "changed"]
