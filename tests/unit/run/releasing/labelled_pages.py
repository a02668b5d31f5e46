"""A dataset on disk from which releases are cut: true tables of a few pages, three annotators, a label set."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.core.settings import Settings
from builder.core.tablefile import read_table
from builder.labels.label_sets import How
from builder.run.corpus.writer import table_writer
from builder.run.labels.aggregating import Wanted as Answers
from builder.run.labels.aggregating import aggregate
from builder.run.releasing.cutting import Cut, cut
from builder.run.releasing.facts import Wanted
from builder.run.releasing.keys import key_file, new_key
from tests.unit.labels.merged import Said, person, said
from tests.unit.run.labelled import TOML, XML, write_merged
from tests.unit.run.on_disk import write_tables
from tests.unit.tables.corpus import PAGES, Comment, Dataset, Page, dataset

DAY = date(2026, 11, 24)
LONG = Page(
    "herald/long.txt",
    "The ferry is late",
    None,
    ("It was late on Monday.", "It was late on Tuesday."),
    tuple(Comment(f"Guest {number}", (f"I waited for {number} hours 🚢.",)) for number in range(8)),
)
MORE = Page("gazette/more.txt", "More", None, ("Words.",), (Comment("Zoe", ("Not again!", "Never.")),))
SETTINGS = """[tool.builder]
name = "pages"
title = "Pages"
licence = "CC0-1.0"
contact = "nobody"
languages = ["en"]
key = "{key}"
"""


def put_pages(root: Path, pages: Sequence[Page] = (*PAGES, LONG)) -> Dataset:
    """Write a dataset of these pages: captures, tables, settings, a config."""
    (root / "pyproject.toml").write_text(
        SETTINGS.format(key=root.with_name(f"{root.name}-key.json")), encoding="utf-8"
    )
    (root / "annotation_configs").mkdir(exist_ok=True)
    (root / "annotation_configs/hostility.xml").write_text(XML, encoding="utf-8")
    (root / "annotation_configs/hostility.toml").write_text(TOML, encoding="utf-8")
    made = dataset(pages)
    write_tables(made, root)
    return made


def labelled_pages(root: Path, pages: Sequence[Page] = (*PAGES, LONG)) -> Settings:
    """The same with the answers of three annotators, who marked spans too, and a label set of them."""
    made = put_pages(root, pages)
    units = made.tables["comments"]["comment_id"].to_pylist()
    settings = label(root, *(answer for unit in units for answer in answers(unit)))
    aggregate(settings, How("v1", "majority"), Answers())
    return settings


def answers(unit: str) -> tuple[Said, ...]:
    """What three annotators say of a comment."""
    tone = ("civil", "rude", "hate")[int(unit[1:4], 16) % 3]
    marked = [(0, 2, "slur")]
    return tuple(
        said(unit, who, tone=tone if who < 3 else "civil", stars=who, span=marked) for who in (1, 2, 3)
    )


def label(root: Path, *all_said: Said) -> Settings:
    """Merge these answers; spans have the text that they mark."""
    settings = write_merged(root, *all_said)
    comments = read_table(settings.tables_dir, "comments")
    texts = dict(zip(comments["comment_id"].to_pylist(), comments["text"].to_pylist(), strict=True))
    units = {f"n{number:020x}": texts[str(one["unit"])] for number, one in enumerate(all_said)}
    spans = read_table(settings.merged_dir, "spans")
    rows = [
        row | {"text": units[row["annotation_id"]][row["start"] : row["end"]]} for row in spans.to_pylist()
    ]
    put(settings, "spans", rows)
    put(settings, "annotators", people(all_said))
    return settings


def put(settings: Settings, name: str, rows: list[dict[str, Any]]) -> None:
    """Write these rows of a merged table."""
    with table_writer(settings.merged_dir, name) as writer:
        writer.write(pa.Table.from_pylist(rows, schema=arrow_schema(name)))


def people(all_said: Sequence[Said]) -> list[dict[str, Any]]:
    """The rows of those who said all that."""
    counts = Counter(one["annotator"] for one in all_said)
    times = {"first_at": 0, "last_at": 0, "group": None}
    return [{"annotator_id": person(who), "n_annotations": counts[who], **times} for who in sorted(counts)]


def cut_one(settings: Settings, version: str | None = None, tier: str = "research") -> Cut:
    """Cut a release on the day of the tests; the first one makes the dataset's key."""
    if not key_file(settings).exists():
        new_key(settings)
    return cut(settings, Wanted(version, tier, DAY))
