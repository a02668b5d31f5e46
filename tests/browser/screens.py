"""The screens of the labelling configs on a real server, with invented text, as an annotator sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from builder.annotate.planning.review import suggestion
from builder.annotate.questionnaire.config import find_config
from builder.annotate.questionnaire.instructions import instructions_html
from builder.annotate.questionnaire.questions import LabelConfig
from builder.annotate.server.connection import Server
from tests.browser.texts import ARTICLE_TASK, CAPTURE, COMMENT_TASK, capture_segments

ROOT = Path(__file__).parents[2]
THEME = "preferred-color-scheme"
"""Where Label Studio keeps, in the browser, whether it is Light or Dark."""


@dataclass(frozen=True)
class Screen:
    """A task of a config, the keys that let all its questions appear, and its first question's words."""

    config: str
    data: Mapping[str, str]
    keys: tuple[str, ...]
    first: str


SCREENS = {
    screen.config: screen
    for screen in (
        Screen("comment_hostility", COMMENT_TASK, ("3", "w", "a", "j", "x"), "How hostile"),
        Screen("article_framing", ARTICLE_TASK, ("q", "e", "1", "o", "j", "8", "x"), "Which frames"),
        Screen("segmentation_review", CAPTURE, ("q", "x"), "Are all marks"),
    )
}


def config_of(screen: Screen) -> LabelConfig:
    """The config of a screen, as it lies in the repository."""
    return find_config(ROOT, screen.config)


def make_project(
    server: Server, config: LabelConfig, tasks: Sequence[Mapping[str, str]], *, instructed: bool = False
) -> int:
    """A project on the server with tasks of these data; its number there."""
    wanted = {
        "title": f"Screen of {config.name}"[:50],
        "label_config": config.xml,
        "expert_instruction": instructions_html(config.instructions),
        "show_instruction": instructed,
        "enable_empty_annotation": False,
    }
    project = int(server.post("api/projects/", json=wanted)["id"])
    server.post(f"api/projects/{project}/import", json=[_task(config, data) for data in tasks])
    return project


def open_stream(page: Page, url: str, project: int, theme: str = "Light") -> None:
    """Open the stream of tasks in a theme, and wait until the first one is there."""
    page.evaluate(f"localStorage.setItem('{THEME}', '{theme}')")
    page.goto(f"{url}projects/{project}/data?labeling=1")
    wait_for_task(page)


def wait_for_task(page: Page) -> None:
    """Wait until a task is on the screen and its texts are laid out."""
    page.wait_for_selector(".nt-target .lsf-richtext__line")
    page.wait_for_timeout(700)


def press(page: Page, keys: Sequence[str]) -> None:
    """Press keys one after the other, as fast as a person would."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(60)
    page.wait_for_timeout(150)


def submit(page: Page) -> None:
    """Submit by the keyboard, and wait until the server has it."""
    with page.expect_response(
        lambda answer: "/annotations" in answer.url and answer.request.method == "POST"
    ):
        page.keyboard.press("Control+Enter")


def results(server: Server, project: int) -> list[dict[str, Any]]:
    """What was submitted for the tasks of a project, in the order of the tasks: answers by question."""
    tasks = server.get(f"api/projects/{project}/export", exportType="JSON", download_all_tasks="true")
    return [
        {item["from_name"]: item["value"] for made in task["annotations"] for item in made["result"]}
        for task in sorted(tasks, key=lambda task: task["id"])
    ]


def _task(config: LabelConfig, data: Mapping[str, str]) -> dict[str, Any]:
    if config.unit_type != "capture":
        return {"data": dict(data)}
    marks = suggestion(config, data["text"], capture_segments(data["text"]))
    return {"data": dict(data), "predictions": [marks]}
