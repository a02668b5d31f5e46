"""A dataset whose tasks are on a real server, what people do there, and what comes back."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from builder.annotate.questionnaire.config import xml_sha256
from builder.annotate.server.connection import Server
from builder.annotate.server.projects import Marker, NewProject, Project, make_project
from builder.annotate.tasks import POOL
from builder.annotate.transfer.export import export_all
from builder.annotate.transfer.push import push_tasks
from builder.core.settings import Settings
from builder.core.settings_file import find_settings
from builder.core.tablefile import read_table
from builder.run.annotation.merging import merge_archive
from builder.run.annotation.pulling import pull_into_archive
from tests.integration.studio import Studio
from tests.unit.annotate.pulled import XML, choice, data
from tests.unit.run.on_disk import write_tables
from tests.unit.tables.corpus import Comment, Page, dataset

Record = dict[str, Any]
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
TEXTS = [
    "Well.",
    "Add more tanks 🐘 and idiots",
    f"Line one\n\nLine two {FAMILY} idiots",
    "No.",
    "Ok.",
    "Ha.",
]
PAGE = Page("herald/one.txt", comments=tuple(Comment("Ann", text.split("\n\n")) for text in TEXTS))
CIVIL = [choice("tone", "civil")]


class Bench:
    """A dataset with a project on the server, and what people do there."""

    def __init__(self, studio: Studio, root: Path, name: str) -> None:
        (root / "pyproject.toml").write_text(f'[tool.builder]\nname = "{name}"\n', encoding="utf-8")
        self.settings: Settings = find_settings(root)
        write_tables(dataset([PAGE]), root)
        self.studio = studio
        self.lead = studio.server()
        self.project = self.make(POOL)
        self.rows = read_table(self.settings.tables_dir, "comments").to_pylist()
        self.tasks = self.send(self.project, self.rows)

    def make(self, assignee: str) -> Project:
        """A project."""
        marker = Marker(self.settings.name, "pilot", "tones", xml_sha256(XML), assignee)
        return make_project(self.lead, NewProject(marker, f"{self.settings.name} {assignee}", XML, "", 2))

    def send(self, project: Project, rows: list[Record]) -> list[int]:
        """Tasks about comments; their numbers in the order of the comments."""
        bodies = {body["task_key"]: {"data": body} for body in map(data, rows)}
        push_tasks(self.lead, project.id, bodies)
        there = {task["data"]["task_key"]: task["id"] for task in export_all(self.lead, project.id)}
        return [there[key] for key in bodies]

    def person(self, name: str) -> Server:
        """A connection as an annotator."""
        return self.studio.server(self.studio.annotator(name))

    def answer(self, who: Server, task: int, result: Any = CIVIL, **more: Any) -> Record:
        """An annotation, submitted."""
        body = {"result": result, "lead_time": 2.5, **more}
        made: Record = who.post(f"api/tasks/{self.tasks[task]}/annotations/", body)
        return made

    def pull(self) -> dict[str, int]:
        """What a pull brought to the first project."""
        return asdict(pull_into_archive(self.settings, self.lead).projects[0])

    def files(self) -> dict[str, bytes]:
        """The archive, file by file."""
        return {file.name: file.read_bytes() for file in sorted(self.settings.archive_dir.iterdir())}

    def statuses(self) -> dict[str, list[tuple[str, str]]]:
        """Status and reasons of each version, by the text of its task, in the order of saving."""
        tables = {name: table.to_pylist() for name, table in merge_archive(self.settings).tables.items()}
        texts = {data(row)["task_key"]: row["text"] for row in self.rows}
        reasons: dict[tuple[str, int], list[str]] = {}
        for row in tables["rejects"]:
            reasons.setdefault((row["annotation_id"], row["version"]), []).append(row["reason"])
        found: dict[str, list[tuple[str, str]]] = {}
        for row in sorted(tables["annotations"], key=lambda row: row["updated_at"]):
            why = reasons.get((row["annotation_id"], row["version"]), [])
            found.setdefault(texts.get(row["task_key"], "?"), []).append((row["status"], ",".join(why)))
        return found
