"""The screen on which somebody settles a disagreement is one that a person can do it on."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from builder.annotate.adjudication.conflict import answers_text
from builder.annotate.adjudication.screen import adjudication_config
from builder.annotate.questionnaire.config import find_text, read_config
from builder.annotate.questionnaire.documents import Answered
from builder.annotate.tasks import ANSWERS
from tests.browser.conftest import LogIn
from tests.browser.screens import ROOT, SCREENS, make_project, open_stream, press, results, submit
from tests.browser.texts import COMMENT
from tests.integration.studio import Studio

HOSTILITY = SCREENS["comment_hostility"]
NOW = datetime(2031, 4, 5, tzinfo=UTC)
BOXES = "[...document.querySelectorAll('.nt-answers')].map(box => [box.scrollHeight, box.clientHeight])"


def answered(number: int, **answers: Any) -> Answered:
    """An annotation of the comment with these answers."""
    return Answered(f"n{number}", 1, f"t{number}", "c1", f"w{number}", "human", NOW, "main", "x", 0, answers)


def mark(words: str, label: str) -> dict[str, Any]:
    """These words of the comment, marked."""
    start = COMMENT.index(words)
    return {"start": start, "end": start + len(words), "label": label}


SAID = [
    answered(1, hostility="rude", target=["person"], stance="against", span=[mark("puppet", "slur")]),
    answered(
        2, hostility="hostile", target=["person"], stance="against", flag=["unsure"], note=["A <b>joke</b>?"]
    ),
    answered(3, hostility="hate", target=["politics"], stance="against", span=[mark("Those clowns", "slur")]),
]


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_a_disagreement_is_settled_on_one_screen(
    studio: Studio, log_in: LogIn, theme: str, screenshots: Path
) -> None:
    """Three answers that differ are read at once beside an empty form, and the usual keys settle the matter."""
    config = read_config(adjudication_config(find_text(ROOT, HOSTILITY.config)))
    text = answers_text(config, COMMENT, SAID, {"hostility", "target"})
    data = {**HOSTILITY.data, ANSWERS: text}
    project = make_project(studio.server(), replace(config, name="adjudication"), [data])
    page = log_in(studio.annotator("lea"))
    open_stream(page, studio.url, project, theme)
    shown = page.locator(".nt-answers").inner_text()
    assert shown.startswith("They do not agree")
    assert [line.strip() for line in shown.split("\n") if line[:1] in "≠=·"] == text.split("\n")
    assert not page.locator(".nt-screen input:checked").count()
    press(page, HOSTILITY.keys)
    page.screenshot(path=screenshots / f"adjudication-{theme}.png")
    ((needed, given),) = page.evaluate(BOXES)
    assert needed <= given + 1
    screen = page.locator(".nt-screen").bounding_box()
    below = page.locator("button:visible", has_text="Submit").first.bounding_box()
    assert screen
    assert below
    assert screen["y"] + screen["height"] <= below["y"]
    submit(page)
    (said,) = results(studio.server(), project)
    assert said["hostility"] == {"choices": ["hostile"]}
