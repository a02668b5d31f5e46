"""What somebody writes who has an export and an afternoon: `python naive_merge.py EXPORT.json FOLDER`.

Loads the export, holds the data of each task and each annotation against a JSON Schema, makes a dict for each row, and
of these two tables. Validates the first tasks alone and keeps the processor seconds of each step beside the tables.
"""

import json
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd

VALIDATED = 10_000
Record = dict[str, Any]
STANCES = ["hostile", "supportive", "neutral", "off_topic"]
MARKS = ["insult", "claim", "target", "sarcasm"]
TEXT, HASH, TIME = (
    {"type": "string", "minLength": 1},
    "^[0-9a-f]{64}$",
    {"type": "string", "format": "date-time"},
)
WHOLE = {"type": "integer", "minimum": 0}


def item(name: str, kind: str, value: Record, required: list[str]) -> Record:
    """The schema of an item of a result."""
    return {
        "type": "object",
        "required": ["from_name", "to_name", "type", "value"],
        "properties": {
            "from_name": {"const": name},
            "to_name": {"const": "text"},
            "type": {"const": kind},
            "value": {
                "type": "object",
                "properties": value,
                "required": required,
                "additionalProperties": False,
            },
        },
    }


CHOICE = {"choices": {"type": "array", "minItems": 1, "maxItems": 1, "items": {"enum": STANCES}}}
SPAN = {
    "start": WHOLE,
    "end": WHOLE,
    "text": {"type": "string"},
    "labels": {"type": "array", "minItems": 1, "items": {"enum": MARKS}},
}
DATA = {
    "type": "object",
    "required": ["text", "task_key", "unit_id", "article_id", "text_sha256"],
    "properties": {
        "text": TEXT,
        "task_key": {"type": "string", "pattern": "^t[0-9a-f]{20}$"},
        "unit_id": {"type": "string", "pattern": "^c[0-9a-f]{20}$"},
        "article_id": {"type": "string", "pattern": "^a[0-9a-f]{20}$"},
        "text_sha256": {"type": "string", "pattern": HASH},
    },
}
ANNOTATION = {
    "type": "object",
    "required": ["id", "completed_by", "result", "was_cancelled", "created_at", "updated_at", "unique_id"],
    "properties": {
        "id": WHOLE,
        "completed_by": WHOLE,
        "was_cancelled": {"type": "boolean"},
        "lead_time": {"type": ["number", "null"], "minimum": 0},
        "created_at": TIME,
        "updated_at": TIME,
        "unique_id": TEXT,
        "result": {
            "type": "array",
            "items": {
                "oneOf": [
                    item("stance", "choices", CHOICE, ["choices"]),
                    item("mark", "labels", SPAN, ["start", "end", "labels"]),
                ]
            },
        },
    },
}


def main(export: str, folder: Path) -> None:
    """Load, validate, make rows, write; keep the seconds of each."""
    clock = [time.process_time()]
    tasks = json.loads(Path(export).read_text(encoding="utf-8"))
    clock.append(time.process_time())
    validate(tasks[:VALIDATED])
    clock.append(time.process_time())
    annotations, spans = rows(tasks)
    folder.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(annotations).to_parquet(folder / "annotations.parquet")
    pd.DataFrame(spans).to_parquet(folder / "spans.parquet")
    clock.append(time.process_time())
    load, check, make = (end - start for start, end in pairwise(clock))
    seconds = json.dumps({"load": load, "validate": check, "rows": make})
    (folder / "seconds.json").write_text(seconds, encoding="utf-8")


def validate(tasks: list[Record]) -> None:
    """Stop where a task is not as it should be."""
    data, annotation = (jsonschema.Draft202012Validator(each) for each in (DATA, ANNOTATION))
    for task in tasks:
        data.validate(task["data"])
        for each in task["annotations"]:
            annotation.validate(each)


def rows(tasks: list[Record]) -> tuple[list[Record], list[Record]]:
    """The rows of annotations and of spans."""
    annotations, spans = [], []
    for task in tasks:
        unit = task["data"]["unit_id"]
        for each in task["annotations"]:
            row = {
                name: each[name] for name in ("id", "completed_by", "lead_time", "created_at", "updated_at")
            }
            row |= {"unit_id": unit, "stance": None}
            for one in each["result"]:
                value = one["value"]
                if one["type"] == "choices":
                    row["stance"] = value["choices"][0]
                else:
                    place = {name: value[name] for name in ("start", "end", "text")}
                    spans.append(
                        {"unit_id": unit, "annotation": each["id"], **place, "label": value["labels"][0]}
                    )
            annotations.append(row)
    return annotations, spans


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
