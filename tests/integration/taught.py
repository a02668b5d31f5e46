"""A study whose first round was answered as the words of its comments tell, so that a model can learn it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from builder.annotate.server.projects import projects_of
from builder.dataset import open as open_dataset
from tests.integration.studio import Studio
from tests.integration.study import Answer, Study
from tests.unit.labels.texts import EVERYDAY, WORDS, text

CIVIL: Answer = {"hostility": "none", "stance": "favor"}
RUDE: Answer = {"hostility": "rude", "target": ["person"], "stance": "favor"}
ARTICLES, COMMENTS = 14, 9


class Taught(Study):
    """A dataset of 126 comments, civil or rude by their words; round ``first`` has asked about most of them."""

    def __init__(self, studio: Studio, root: Path) -> None:
        self.studio = studio
        self.root = root
        (root / "pyproject.toml").write_text(f'[tool.builder]\nname = "{root.name}"\n', encoding="utf-8")
        folder = root / "data" / "raw" / "paper"
        folder.mkdir(parents=True)
        for number in range(ARTICLES):
            (folder / f"{number}.txt").write_text(capture(number), encoding="utf-8")
        self.say("build")
        comments = open_dataset(root / "data" / "tables").comments
        self.texts: dict[str, str] = dict(zip(comments["comment_id"], comments["text"], strict=True))

    def right(self, unit: str) -> Answer:
        """The answer that a comment's words tell."""
        return CIVIL if any(word in self.texts[unit].lower() for word in WORDS["civil"].split()) else RUDE

    def teach(self) -> None:
        """Let ana answer the round ``first``, pull and merge."""
        words = (
            "--config",
            "comment_hostility",
            "--round",
            "first",
            "--sample",
            "100",
            "--annotators",
            "ana",
        )
        self.label(self.told("push", *words), lambda _name, unit: self.right(unit))
        self.say("pull")
        self.say("merge")

    def predictions(self, project: int) -> dict[str, dict[str, Any]]:
        """The one prediction of each task of a project, by unit."""
        found = {}
        for task in self.tasks(project):
            predicted = self.studio.server().get("api/predictions/", task=task["id"])
            assert len(predicted) <= 1
            if predicted:
                found[task["data"]["unit_id"]] = predicted[0]
        return found


def capture(seed: int) -> str:
    """A capture with an article and comments, half of which are rude."""
    random = Random(seed)

    def said(number: int) -> str:
        words = text(random, random.choice(["rude", "civil"])).capitalize()
        return f"Harbour Ann {number}\n\n{words}, {random.choice(EVERYDAY)} {number}!"

    paragraph = " ".join(random.choices(EVERYDAY, k=30)).capitalize()
    article = ["The harbour crane stands still", *(f"{paragraph} in {seed}." for _ in range(3))]
    return "\n\n".join(article) + "\n\n\n" + "\n\n".join(said(number) for number in range(COMMENTS)) + "\n"


def accept(who: Any, task: dict[str, Any], prediction: dict[str, Any]) -> None:
    """Submit a prediction as the page does when nobody changes it."""
    result = [{**mark, "origin": "prediction"} for mark in prediction["result"]]
    body = {"result": result, "lead_time": 2.0, "parent_prediction": prediction["id"]}
    who.post(f"api/tasks/{task['id']}/annotations/", body)


@contextmanager
def taught_study(studio: Studio, root: Path) -> Iterator[Taught]:
    """A study whose first round was answered and merged; its projects are gone afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**studio.environ, "COLUMNS": "160"}.items():
            patch.setenv(name, value)
        made = Taught(studio, root)
        made.teach()
        yield made
        for project in projects_of(studio.server(), root.name):
            studio.server().delete(f"api/projects/{project.id}/")
