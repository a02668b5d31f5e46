"""A thread full of names and addresses, with labels on it, and a second one for its words."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.core import ids
from tests.unit.tables.corpus import Comment, Dataset, Page, dataset

NOW = datetime(2031, 3, 14, 9, tzinfo=UTC)
HASH = "0" * 64
KEY = bytes(range(32))
PAGES = (
    Page(
        "paper/storm.txt",
        "Storm, says Anna Lind",
        None,
        ["It rains in Thessk.", "Anna Lind fears for her boat."],
        [
            Comment("Anna Lind", ["Mail me: anna@boats.example"]),
            Comment("Ole", ["Dear ANNA LIND, ring 030 1234567 now."]),
            Comment(None, ["Nobody knows.", "@Ole says so, Oleander does not."]),
            Comment("Rose", ["A rose is a rose."]),
        ],
    ),
    Page("paper/roses.txt", "Roses", None, ["Each rose pricks."], [Comment("Ole", ["me too"])]),
    Page("paper/more.txt", "More", None, ["The rose here."], [Comment("Anna Lind", ["Oleander and Rose"])]),
    Page("paper/most.txt", "Most", None, ["One rose more."], []),
)
STORM = ids.article_id("paper/storm.txt")


def study(marks: Sequence[tuple[str, str]] = (), pages: Sequence[Page] = PAGES) -> Dataset:
    """The tables of the pages, with one annotation a mark: the whole text of a unit, and the part that is marked.

    A unit is the text of a comment or of an article; a text that is neither is taken for that of a capture.
    """
    made = dataset(pages)
    rows = [_annotated(made, number, *mark) for number, mark in enumerate(marks)]
    names = ("tasks", "annotations", "spans", "label_spans")
    tables = {
        name: pa.Table.from_pylist([one[name] for one in rows], schema=arrow_schema(name)) for name in names
    }
    return Dataset({**made.tables, **tables}, made.raw)


def _annotated(made: Dataset, number: int, text: str, marked: str) -> Mapping[str, dict[str, Any]]:
    unit_type, unit = _unit(made, text)
    annotation = {"annotation_id": f"n{number:020x}", "version": 1}
    start = text.index(marked)
    span = {"question": "where", "label": "slur", "start": start, "end": start + len(marked)}
    task = {
        "task_key": f"t{number:020x}",
        "server": "here",
        "project": 1,
        "config": "hostility",
        "config_sha256": HASH,
        "round": "first",
        "assignee": "pool",
        "unit_type": unit_type,
        "unit_id": unit,
        "article_id": STORM,
        "occurrence": 0,
        "text_sha256": sha256(text.encode()).hexdigest(),
        "pushed_at": NOW,
        "deleted": False,
    }
    return {
        "tasks": task,
        "annotations": {
            **annotation,
            "task_key": task["task_key"],
            "unit_id": unit,
            "annotator_id": "w" + "0" * 10,
            "status": "merged",
            "origin": "human",
            "lead_time_s": None,
            "created_at": NOW,
            "updated_at": NOW,
            "pulled_at": NOW,
            "edited_by_other": False,
        },
        "spans": {**annotation, "ordinal": 0, **span, "text": marked},
        "label_spans": {"label_set": "first", "unit_type": unit_type, "unit_id": unit, **span, "share": 1.0},
    }


def _unit(made: Dataset, text: str) -> tuple[str, str]:
    for table, unit_type in (("comments", "comment"), ("articles", "article")):
        for row in made.tables[table].to_pylist():
            if row["text"] == text:
                return unit_type, row[f"{unit_type}_id"]
    return "capture", STORM


def texts(tables: Mapping[str, pa.Table], article: str = STORM) -> list[str]:
    """The texts of the comments of an article."""
    rows = tables["comments"].to_pylist()
    return [
        row["text"] for row in sorted(rows, key=lambda row: row["position"]) if row["article_id"] == article
    ]
