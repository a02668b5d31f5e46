"""From a capture to a person's label and back: pushed, labelled in the browser, pulled, merged."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from builder.annotate.server.projects import label_stream, projects_of
from builder.dataset import Dataset
from builder.dataset import open as open_dataset
from tests.browser.conftest import LogIn
from tests.browser.screens import press, submit, wait_for_task
from tests.integration.command import run
from tests.integration.studio import Studio

ABUSE = "harbour louts"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
RUDE = f"Ha 😀👍🏽 and {FAMILY}, now the {ABUSE} want our crane as well."
SCRIPT = (
    "<img src=x onerror='window.harmed = 1'><script>window.harmed = 2</script> Bold <b>claims</b>, these."
)
PAGE = f"""\
The crane stands still for a third week

The crane at the harbour stands still since Monday, and nobody in the council of Marlsund knows why it does not move.

The harbour master said on Friday that a report would be given to the council in spring, when it had been read.


Ann of the Quay

{RUDE}

Bob the Boat

{SCRIPT}
"""
# The middle of the left and of the right edge of some words on the screen.
EDGES = """words => {
  const text = document.querySelector('.nt-target').ownerDocument.createTreeWalker(
    document.querySelector('.nt-target'), NodeFilter.SHOW_TEXT);
  for (let node = text.nextNode(); node; node = text.nextNode()) {
    const start = node.data.indexOf(words);
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + words.length);
    const box = range.getBoundingClientRect();
    return [box.left + 1, box.right - 1, (box.top + box.bottom) / 2];
  }
}"""


@pytest.fixture
def dataset(studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A dataset of two comments, pushed to an annotator of the server."""
    for name, value in studio.environ.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "pyproject.toml").write_text(f'[tool.builder]\nname = "{tmp_path.name}"\n', encoding="utf-8")
    (tmp_path / "data/raw/paper").mkdir(parents=True)
    (tmp_path / "data/raw/paper/crane.txt").write_text(PAGE, encoding="utf-8")
    studio.annotator("juno")
    said(tmp_path, "build")
    said(tmp_path, "push", "--config", "comment_hostility", "--round", "first", "--annotators", "juno")
    yield tmp_path
    for project in projects_of(studio.server(), tmp_path.name):
        studio.server().delete(f"api/projects/{project.id}/")


def said(folder: Path, *words: str) -> Any:
    """What a command that must go well says for machines."""
    done = run(*words, "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def mark(page: Page, key: str, words: str) -> None:
    """Choose a label by its key, then draw the mouse over some words of the comment."""
    left, right, middle = page.evaluate(EDGES, words)
    press(page, [key])
    page.mouse.move(left, middle)
    page.mouse.down()
    page.mouse.move((left + right) / 2, middle, steps=5)
    page.mouse.move(right, middle, steps=5)
    page.mouse.up()
    page.wait_for_timeout(300)


def test_a_label_goes_all_the_way(studio: Studio, dataset: Path, log_in: LogIn, screenshots: Path) -> None:
    """Who opens the link, reads the instructions and labels by keyboard and mouse finds it all in the tables."""
    (project,) = projects_of(studio.server(), dataset.name)
    page = log_in(studio.annotator("juno"))
    page.goto(label_stream(studio.server(), project))
    page.get_by_text("Content warning.").wait_for()
    page.keyboard.press("Escape")
    wait_for_task(page)
    assert "Commenter 1" in page.locator(".nt-target").inner_text()
    assert "Ann of the Quay" not in page.content()

    mark(page, "8", ABUSE)
    page.keyboard.press("u")
    press(page, ["2", "w", "l"])
    page.screenshot(path=screenshots / "round_trip.png")
    submit(page)
    wait_for_task(page)
    assert SCRIPT in page.locator(".nt-target").inner_text()
    assert page.evaluate("window.harmed") is None
    press(page, ["1", "e"])
    submit(page)

    assert said(dataset, "pull")["projects"][0]["annotations"] == 2
    assert said(dataset, "merge") == {
        "pulled": 2,
        "merged": 2,
        "rejected": 0,
        "superseded": 0,
        "drafts": 0,
        "skipped": 0,
    }
    ds = open_dataset(dataset / "data" / "tables")
    assert answers_to(ds, RUDE) == {"hostility": ["rude"], "stance": ["against"], "target": ["other"]}
    assert answers_to(ds, SCRIPT) == {"hostility": ["none"], "stance": ["neutral"]}
    (span,) = ds.spans.to_dict("records")
    assert (span["label"], span["text"]) == ("slur", ABUSE)
    assert RUDE[span["start"] : span["end"]] == ABUSE


def answers_to(ds: Dataset, text: str) -> dict[str, list[str]]:
    """The merged answers about a comment, by question."""
    unit = ds.comments.set_index("text")["comment_id"][text]
    chosen = ds.annotations.set_index("unit_id")["annotation_id"][unit]
    mine = ds.answers[ds.answers["annotation_id"] == chosen]
    return mine.groupby("question")["option"].apply(list).to_dict()
