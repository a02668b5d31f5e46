"""The export of a project whose tasks three annotators each answered, and the archive that a pull makes of it."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.inputs import SCRATCH, page_size_files
from builder.annotate.archive.known import KnownProject
from builder.annotate.archive.lines import Line
from builder.annotate.archive.news import news_of_task
from builder.annotate.questionnaire.config import xml_sha256
from builder.annotate.tasks import POOL, task_key
from builder.core.linefile import new_lines
from builder.core.memory import collect_seldom
from builder.core.settings import Settings
from builder.core.settings_file import find_settings
from builder.core.tablefile import read_table

FULL = 100_000
TASKS = int(os.environ.get("BENCH_ITEMS", FULL))
OF_A_TASK, PEOPLE = 3, 12
COMMENTS_OF_A_CAPTURE = 14
BUILDER = Path(sys.executable).with_name("builder")
STANCES = ("hostile", "supportive", "neutral", "off_topic")
MARKS = ("insult", "claim", "target", "sarcasm")
XML = f"""<View>
  <Text name="text" value="$text"/>
  <Choices name="stance" toName="text" choice="single-radio" required="true">
    {"".join(f'<Choice value="{each}"/>' for each in STANCES)}
  </Choices>
  <Labels name="mark" toName="text">{"".join(f'<Label value="{each}"/>' for each in MARKS)}</Labels>
</View>"""
SERVER, PROJECT = "bench", 1
PULLED = "2031-12-01T00:00:00.000000Z"
Record = dict[str, Any]


@dataclass(frozen=True)
class Made:
    """A dataset whose comments were labelled, and the file of the server's export."""

    settings: Settings
    export: Path


def made() -> Made:
    """The dataset, built, its export and its archive; kept between runs."""
    home = SCRATCH / f"merging-{TASKS}"
    result = Made(find_settings(home / "dataset"), home / "export.json") if (home / "done").exists() else None
    if result is None:
        shutil.rmtree(home, ignore_errors=True)
        result = Made(built(home / "dataset"), home / "export.json")
        write_export(result)
        archive(result.export, result.settings.archive_dir)
        (home / "done").touch()
    return result


def built(folder: Path) -> Settings:
    """A dataset with enough comments for the tasks."""
    folder.mkdir(parents=True)
    (folder / "pyproject.toml").write_text('[tool.builder]\nname = "bench"\n', encoding="utf-8")
    raw = page_size_files(-(-TASKS // COMMENTS_OF_A_CAPTURE))
    subprocess.run([BUILDER, "build", "--raw", raw], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return find_settings(folder)


def write_export(to: Made) -> None:
    """Write the export of the project: one JSON array, task by task."""
    with to.export.open("w", encoding="utf-8") as file:
        for number, task in enumerate(tasks(to.settings)):
            file.write(",\n" if number else "[")
            json.dump(task, file, ensure_ascii=False)
        file.write("]")


def archive(export: Path, folder: Path) -> None:
    """Make the archive of an export as a pull does."""
    exported: list[Record] = json.loads(export.read_bytes())
    exported.reverse()
    write_archive((exported.pop() for _ in range(len(exported))), folder)


def write_archive(exported: Iterable[Record], folder: Path) -> None:
    """Write an archive of tasks as the server exports them."""
    with new_lines(folder) as lines:
        for line in archived(exported):
            lines.write(line.as_bytes())


def archived(exported: Iterable[Record]) -> Iterator[Line]:
    """The lines of a first pull."""
    project = {"id": PROJECT, "title": "Bench", "label_config": XML, "created_at": PULLED}
    yield Line("project", SERVER, PROJECT, PULLED, None, project)
    for number in range(1, PEOPLE + 1):
        user = {"id": number, "email": f"person{number}@annotators.example"}
        yield Line("user", SERVER, None, PULLED, None, user)
    known = KnownProject(project)
    for task in exported:
        for kind, key, record in news_of_task(known, task):
            yield Line(kind, SERVER, PROJECT, PULLED, key, record)


def tasks(settings: Settings, count: int = TASKS) -> Iterator[Record]:
    """So many tasks as the server exports them, each with its annotations."""
    chance = random.Random(11)
    articles = read_table(settings.tables_dir, "articles", ("article_id", "raw_sha256")).to_pydict()
    raw = dict(zip(*articles.values(), strict=True))
    columns = ("comment_id", "article_id", "text_sha256", "text")
    comments = read_table(settings.tables_dir, "comments", columns)
    if comments.num_rows < count:
        raise SystemExit(f"the captures have {comments.num_rows} comments, fewer than {count} tasks")
    sha256 = xml_sha256(XML)
    for number, row in enumerate(comments.slice(0, count).to_pylist(), 1):
        people = chance.sample(range(1, PEOPLE + 1), OF_A_TASK)
        yield {
            "id": number,
            "annotations": [annotation(number, who, row["text"], chance) for who in people],
            "file_upload": None,
            "drafts": [],
            "predictions": [],
            "data": data(row, raw[row["article_id"]], sha256),
            "meta": {},
            "created_at": "2031-10-30T12:00:00.000000Z",
            "updated_at": moment(chance),
            "allow_skip": True,
            "inner_id": number,
            "total_annotations": OF_A_TASK,
            "cancelled_annotations": 0,
            "total_predictions": 0,
            "comment_count": 0,
            "unresolved_comment_count": 0,
            "last_comment_updated_at": None,
            "project": PROJECT,
            "updated_by": people[-1],
            "comment_authors": [],
        }


def data(row: Mapping[str, str], raw_sha256: str, config_sha256: str) -> Record:
    """The data of a task about a comment, as `builder push` fills it in for a config that shows the text."""
    unit = row["comment_id"]
    return {
        "text": row["text"],
        "task_key": task_key("bench", POOL, "comment", unit),
        "round": "bench",
        "config": "stances",
        "config_sha256": config_sha256,
        "assignee": POOL,
        "unit_type": "comment",
        "unit_id": unit,
        "article_id": row["article_id"],
        "text_sha256": row["text_sha256"],
        "raw_sha256": raw_sha256,
    }


def annotation(task: int, who: int, text: str, chance: random.Random) -> Record:
    """One annotation: a stance, and up to three marked stretches."""
    stance = {"value": {"choices": [chance.choice(STANCES)]}, **item("stance", "choices", chance)}
    marks = [mark(text, chance) for _ in range(chance.choice((0, 0, 1, 1, 2, 3)))]
    began, saved = moment(chance), moment(chance)
    return {
        "id": task * PEOPLE + who,
        "completed_by": who,
        "result": [stance, *marks],
        "was_cancelled": False,
        "ground_truth": False,
        "created_at": began,
        "updated_at": saved,
        "draft_created_at": began,
        "lead_time": round(chance.uniform(3, 90), 3),
        "prediction": {},
        "result_count": 1 + len(marks),
        "unique_id": str(UUID(int=chance.getrandbits(128))),
        "import_id": None,
        "last_action": None,
        "bulk_created": False,
        "task": task,
        "project": PROJECT,
        "updated_by": who,
        "parent_prediction": None,
        "parent_annotation": None,
        "last_created_by": None,
    }


def mark(text: str, chance: random.Random) -> Record:
    """A stretch of a text, marked."""
    start = chance.randrange(max(1, len(text) - 5))
    end = min(len(text), start + chance.randint(4, 40))
    copied = text[start:end].replace("\n", "\\n")
    value = {"start": start, "end": end, "text": copied, "labels": [chance.choice(MARKS)]}
    return {"value": value, **item("mark", "labels", chance)}


def item(name: str, kind: str, chance: random.Random) -> Record:
    """What the server writes beside each value."""
    return {
        "id": f"{chance.getrandbits(40):010x}",
        "from_name": name,
        "to_name": "text",
        "type": kind,
        "origin": "manual",
    }


def moment(chance: random.Random) -> str:
    """A point in time in a certain month."""
    day, hour, minute, second = (chance.randint(*span) for span in ((1, 28), (0, 23), (0, 59), (0, 59)))
    return f"2031-11-{day:02}T{hour:02}:{minute:02}:{second:02}.{chance.randrange(10**6):06}Z"


if __name__ == "__main__":
    collect_seldom()
    archive(*map(Path, sys.argv[1:]))
