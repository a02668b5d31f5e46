"""A server's project in memory, as its export shows it, and pulls of it into lines."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from builder.annotate.archive.known import Known, add_to_project
from builder.annotate.archive.lines import Line
from builder.annotate.archive.news import Reading, deletions, news_of_task
from tests.unit.annotate.pulled import ANN, PROJECT, SERVER, USERS, XML, at

Record = dict[str, Any]


@dataclass
class Export:
    """Tasks by number with what people made of them; numbers of deleted ones are given again, as SQLite does."""

    tasks: dict[int, Record] = field(default_factory=dict)
    known: Known = field(default_factory=Known)
    lines: list[Line] = field(default_factory=list)
    clock: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    unique: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def now(self) -> str:
        """The next point in time."""
        return at(next(self.clock))

    def add_task(self, data: Record) -> Record:
        """A new task."""
        when = self.now()
        number = max(self.tasks, default=0) + 1
        task = {"id": number, "data": data, "meta": {}, "created_at": when, "updated_at": when}
        self.tasks[number] = {**task, "annotations": [], "drafts": []}
        return self.tasks[number]

    def annotate(self, task: Record, result: Any, who: int = ANN, **changed: Any) -> Record:
        """A new annotation."""
        when = self.now()
        number = (
            max((one["id"] for each in self.tasks.values() for one in each["annotations"]), default=0) + 1
        )
        one = {
            "id": number,
            "unique_id": f"u{next(self.unique)}",
            "task": task["id"],
            "completed_by": who,
            "updated_by": who,
            "result": result,
            "was_cancelled": False,
            "created_at": when,
            "updated_at": when,
            "lead_time": 1.0,
            "parent_prediction": None,
            **changed,
        }
        task["annotations"].append(one)
        task["updated_at"] = when
        return one

    def edit(self, task: Record, one: Record, **changed: Any) -> None:
        """Another version of an annotation in the place of the old one."""
        one |= {"updated_at": self.now(), **changed}
        task["updated_at"] = one["updated_at"]

    def draft(self, task: Record, result: Any, who: int = ANN) -> None:
        """A draft, which does not change the time of its task."""
        when = self.now()
        number = len(task["drafts"]) + 1
        times = {"created_at": when, "updated_at": when}
        task["drafts"].append(
            {"id": number, "task": task["id"], "user": USERS[who], "result": result, **times}
        )

    def pull(self) -> list[Line]:
        """The lines that a pull adds."""
        before, when = len(self.lines), self.now()
        if not self.known.projects:
            self._add_context(when)
        project, reading = self.known.projects[PROJECT], Reading()
        for task in self.tasks.values():
            reading.add(task)
            for kind, key, record in news_of_task(project, task):
                self._keep(Line(kind, SERVER, PROJECT, when, key, dict(record)))
        for kind, key, record in list(deletions(project, reading)):
            self._keep(Line(kind, SERVER, PROJECT, when, key, record))
        return self.lines[before:]

    def _add_context(self, when: str) -> None:
        project = {"id": PROJECT, "title": "Tones", "label_config": XML, "created_at": at(0)}
        self.lines.append(Line("project", SERVER, PROJECT, when, None, project))
        for number, email in USERS.items():
            self.lines.append(Line("user", SERVER, None, when, None, {"id": number, "email": email}))
        for line in self.lines:
            self.known.add(line)

    def _keep(self, line: Line) -> None:
        add_to_project(self.known.projects[PROJECT], line)
        self.lines.append(line)
