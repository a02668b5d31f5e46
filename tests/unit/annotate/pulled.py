"""Lines of an archive as a pull writes them, about the pages of the tiny dataset, and what they merge to."""

import itertools
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Any, TypeVar

from msgspec import Raw

from builder.annotate.annotators import Pseudonyms
from builder.annotate.archive.lines import Kind, Line
from builder.annotate.merging.merge import Merged, merge
from builder.annotate.merging.places import Corpus
from builder.annotate.questionnaire.config import xml_sha256
from builder.annotate.tasks import POOL, task_key
from tests.unit.tables.corpus import PAGES, Dataset, dataset

Record = dict[str, Any]
Form = TypeVar("Form")
SERVER = "studio"
PROJECT = 7
XML = """<View>
  <Text name="comment" value="$text"/>
  <Labels name="span" toName="comment"><Label value="Slur" alias="slur"/><Label value="threat"/></Labels>
  <Choices name="tone" toName="comment" choice="single-radio" required="true">
    <Choice value="Civil" alias="civil"/><Choice value="Rude" alias="rude"/>
  </Choices>
  <Choices name="target" toName="comment" choice="multiple" required="true"
      visibleWhen="choice-selected" whenTagName="tone" whenChoiceValue="rude">
    <Choice value="Person" alias="person"/><Choice value="Group" alias="group"/>
  </Choices>
  <TextArea name="note" toName="comment"/>
  <Rating name="stars" toName="comment"/>
</View>"""
ANN, BOB = 3, 4
USERS = {ANN: "ann@annotators.example", BOB: "bob@annotators.example"}
PEOPLE = Pseudonyms(b"k" * 32, {}, {})
CORPUS = dataset(PAGES)
TANKS = CORPUS.tables["comments"].to_pylist()[CORPUS.row("comments", text="Add more tanks 🐘")]


def well(number: int) -> Record:
    """The row of the comment that only says so, counted from 0."""
    rows = [row for row in CORPUS.tables["comments"].to_pylist() if row["text"] == "Well."]
    return sorted(rows, key=lambda row: row["position"])[number]


def at(minute: int) -> str:
    """A time, so many minutes into a day."""
    return f"2031-04-05T{minute // 60:02}:{minute % 60:02}:00.000000Z"


def choice(name: str, *options: str) -> Record:
    """The result of a question with options."""
    return {"from_name": name, "to_name": "comment", "type": "choices", "value": {"choices": list(options)}}


def span(start: int, end: int, text: str, *labels: str) -> Record:
    """The result of a marked stretch."""
    value = {"start": start, "end": end, "text": text, "labels": list(labels) or ["slur"]}
    return {"from_name": "span", "to_name": "comment", "type": "labels", "value": value}


def raw(value: Any) -> Raw:
    """A value as the JSON that it is in the archive."""
    return Raw(json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass"))


CIVIL = (choice("tone", "civil"),)


def data(row: Mapping[str, Any] = TANKS, assignee: str = POOL, **changed: Any) -> Record:
    """The data of a task about a comment."""
    unit = row["comment_id"]
    kept = {
        "task_key": task_key("pilot", assignee, "comment", unit, 0),
        "round": "pilot",
        "config": "tones",
        "config_sha256": xml_sha256(XML),
        "assignee": assignee,
        "unit_type": "comment",
        "unit_id": unit,
        "article_id": row["article_id"],
        "text_sha256": row["text_sha256"],
        "text": row["text"],
    }
    return {**kept, **changed}


def whole(unit_type: str, text: str, article: Mapping[str, Any]) -> Record:
    """The data of a task about an article or its capture."""
    unit = article["article_id"]
    return data(
        {**TANKS, "article_id": unit},
        task_key=task_key("pilot", POOL, unit_type, unit, 0),  # type: ignore[arg-type]
        unit_type=unit_type,
        unit_id=unit,
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        raw_sha256=article["raw_sha256"],
    )


@dataclass
class Pulled:
    """An archive in the making: what is added is pulled at ``minute``, which grows."""

    lines: list[Line] = field(default_factory=list)
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    minute: int = 1000

    def __post_init__(self) -> None:
        project = {"id": PROJECT, "title": "Tones", "label_config": XML, "created_at": at(0)}
        self.add("project", project)
        for number, email in USERS.items():
            self.add("user", {"id": number, "email": email}, project=None)

    def add(self, kind: Kind, record: Record, key: str | None = None, project: int | None = PROJECT) -> None:
        """Add a line."""
        self.lines.append(Line(kind, SERVER, project, at(self.minute), key, record))

    def task(self, **changed: Any) -> Record:
        """A task with this data, or that of the usual task with changes."""
        shows = changed.pop("data", None) or data(**changed)
        task = {"id": next(self.numbers), "data": shows, "created_at": at(1), "updated_at": at(1)}
        self.add("task", task, shows.get("task_key"))
        return task

    def annotation(
        self, task: Record, result: Any = CIVIL, who: int | None = ANN, minute: int = 10, **changed: Any
    ) -> Record:
        """An annotation of a task, saved at a minute."""
        number = next(self.numbers)
        record = {
            "id": number,
            "unique_id": f"u{number}",
            "task": task["id"],
            "completed_by": who,
            "updated_by": who,
            "result": list(result) if isinstance(result, tuple) else result,
            "was_cancelled": False,
            "created_at": at(minute),
            "updated_at": at(minute),
            "lead_time": 2.5,
            "parent_prediction": None,
            **changed,
        }
        self.add("annotation", record, task["data"].get("task_key"))
        return record

    def edit(self, annotation: Record, minute: int = 20, **changed: Any) -> Record:
        """A later version of an annotation."""
        record = {**annotation, "updated_at": at(minute), **changed}
        self.add("annotation", record)
        return record

    def draft(self, task: Record, minute: int = 5, **changed: Any) -> None:
        """A draft of a task."""
        number = next(self.numbers)
        times = {"created_at": at(minute), "updated_at": at(minute)}
        record = {
            "id": number,
            "task": task["id"],
            "user": USERS[ANN],
            "result": list(CIVIL),
            **times,
            **changed,
        }
        self.add("draft", record, task["data"].get("task_key"))

    def delete(self, of: str, record: Record, *, deleted: bool = True) -> None:
        """A task or annotation is gone from the server, or is back."""
        self.minute += 1
        named = ("id", "created_at") if of == "task" else ("unique_id", "task")
        self.add("deleted", {"of": of, **{name: record[name] for name in named}, "deleted": deleted})
        self.minute += 1

    def merged(self, corpus: Dataset = CORPUS, configs: Sequence[str] = ()) -> Merged:
        """What the lines merge to, beside tables."""
        return merged(self.lines, corpus, configs)

    def rows(self, corpus: Dataset = CORPUS) -> dict[str, list[Record]]:
        """The rows that the lines merge to."""
        return {name: table.to_pylist() for name, table in self.merged(corpus).tables.items()}

    def statuses(self, corpus: Dataset = CORPUS) -> list[str]:
        """The statuses, by the time of saving."""
        rows = self.rows(corpus)["annotations"]
        return [row["status"] for row in sorted(rows, key=lambda row: row["updated_at"])]

    def reasons(self, corpus: Dataset = CORPUS) -> list[tuple[str, str]]:
        """Reason and pointer of each reject."""
        return [(row["reason"], row["pointer"]) for row in self.rows(corpus)["rejects"]]


def merged(lines: Sequence[Line], corpus: Dataset = CORPUS, configs: Sequence[str] = ()) -> Merged:
    """What lines merge to, beside tables whose captures are at hand."""
    captures = {row["article_id"]: row["capture"] for row in corpus.tables["articles"].to_pylist()}
    beside = Corpus(corpus.tables, lambda article: corpus.raw[captures[article]].decode())
    return merge(partial(read, lines), beside, configs, PEOPLE)


def read(lines: Sequence[Line], form: Callable[[bytes], Form], kinds: Collection[Kind]) -> list[Form]:
    """Lines of these kinds, as if read from an archive."""
    return [form(line.as_bytes()) for line in lines if line.kind in kinds]
