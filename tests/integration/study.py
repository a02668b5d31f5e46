"""A study on a real server: a dataset with gold, commands that find the server, and people who label."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from builder.annotate.server.connection import Server
from builder.annotate.server.projects import projects_of
from builder.annotate.transfer.push import listed
from builder.dataset import open as open_dataset
from tests.integration.command import captures, run
from tests.integration.studio import Studio

Answer = dict[str, Any]
CIVIL: Answer = {"hostility": "none", "stance": "favor"}
SEVERE = 'severe = {question = "hostility", values = ["hostile", "hate"], weight = 3}'
GOLD = "data/gold/comment_hostility.jsonl"


class Study:
    """A dataset of forty comments, four of them gold, and what people do with its tasks."""

    def __init__(self, studio: Studio, root: Path) -> None:
        self.studio = studio
        self.root = root
        (root / "pyproject.toml").write_text(f'[tool.builder]\nname = "{root.name}"\n{SEVERE}\n', "utf-8")
        captures(root / "data" / "raw", 10)
        self.say("build")
        units = sorted(open_dataset(root / "data" / "tables").comments["comment_id"])[:4]
        lines = [{"unit_id": unit, "answers": CIVIL, "reason": "nobody is attacked"} for unit in units]
        (root / GOLD).parent.mkdir()
        (root / GOLD).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        self.say("gold", "check", "--record")

    def say(self, *words: str) -> str:
        """What a command that must go well printed."""
        answer = run(*words, cwd=self.root)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def refused(self, *words: str) -> str:
        """What a command complained of that must not go well."""
        answer = run(*words, cwd=self.root)
        assert answer.returncode in {1, 2}, answer.stdout
        return answer.stderr

    def told(self, *words: str) -> Any:
        """What a command that must go well printed as JSON."""
        return json.loads(self.say(*words, "--json"))

    def plan(self, name: str) -> list[dict[str, Any]]:
        """The planned tasks of a round."""
        plan: list[dict[str, Any]] = json.loads(
            (self.root / f"data/rounds/{name}/tasks.json").read_text("utf-8")
        )
        return plan

    def tasks(self, project: int) -> list[dict[str, Any]]:
        """The tasks of a project in the order in which an annotator meets them."""
        found = listed(self.studio.server(), project, "id,data,total_annotations")
        return sorted((dict(task) for task in found), key=lambda task: task["id"])

    def person(self, name: str) -> Server:
        """A connection as an annotator."""
        return self.studio.server(self.studio.annotator(name))

    def label(self, report: Any, answer_of: Callable[[str, str], Answer]) -> None:
        """Let everybody answer the tasks of a push that have no answer yet."""
        for one in report["projects"]:
            who = self.person(one["name"])
            for task in self.tasks(one["project"]):
                if not task["total_annotations"]:
                    give(who, task, answer_of(one["name"], task["data"]["unit_id"]))

    def frame(self, name: str) -> pd.DataFrame:
        """A merged table."""
        made: pd.DataFrame = getattr(open_dataset(self.root / "data" / "tables"), name)
        return made


def give(who: Server, task: dict[str, Any], answer: Answer) -> None:
    """Submit an answer to a task."""
    result = [
        {"from_name": name, "to_name": "comment", "type": "choices", "value": {"choices": chosen}}
        for name, value in answer.items()
        for chosen in [value if isinstance(value, list) else [value]]
    ]
    who.post(f"api/tasks/{task['id']}/annotations/", {"result": result, "lead_time": 3.0})


@contextmanager
def study_in(studio: Studio, root: Path) -> Iterator[Study]:
    """A study whose commands find the server; its projects are gone afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**studio.environ, "COLUMNS": "160"}.items():
            patch.setenv(name, value)
        yield Study(studio, root)
        for project in projects_of(studio.server(), root.name):
            studio.server().delete(f"api/projects/{project.id}/")
