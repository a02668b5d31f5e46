"""What the parser makes of threads, by the same way that a build takes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.learn.threads import Thread
from builder.parse.batch import make_batch
from builder.parse.layout import layouts
from builder.parse.model import Model
from builder.parse.segment import label, segment
from builder.tables.assemble import Parsed, assemble
from builder.tables.capture import Capture
from builder.tables.parts import ShardTables


@dataclass(frozen=True)
class Prediction:
    """One thread as the parser reads it: what `score.py` takes, and how sure the parser is of it."""

    thread: Thread
    found: Mapping[str, Any]
    confidence: float


def predict(threads: Sequence[Thread], model: Model) -> Iterator[Prediction]:
    """Parse threads, all in one batch."""
    tables = parse([thread.text for thread in threads], model)
    comments: dict[str, list[dict[str, Any]]] = {}
    for row in tables.comments.to_pylist():
        comments.setdefault(row["article_id"], []).append({"author": row["author_name"], "body": row["text"]})
    for thread, article in zip(threads, tables.articles.to_pylist(), strict=True):
        found = {
            "file": thread.file,
            "headline": article["headline"],
            "paragraphs": [part for part in (article["caption"], *article["text"].split("\n\n")) if part],
            "comments": comments.get(article["article_id"], []),
        }
        yield Prediction(thread, found, article["parse_confidence"])


def parse(texts: Sequence[bytes], model: Model) -> ShardTables:
    """The tables of canonical texts, under ids that only keep them apart."""
    captures = [
        Capture(f"thread/{n}", f"a{n:020x}", "thread", "", "utf-8", text) for n, text in enumerate(texts)
    ]
    batch = make_batch(texts)
    labelled = label(batch, model)
    return assemble(captures, Parsed(batch, segment(batch, labelled), layouts(batch, labelled.lines)))
