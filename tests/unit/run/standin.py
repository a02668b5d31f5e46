"""A stand-in for the parser: a headline, then one comment a line, ``name: text`` or only text."""

import os
import signal
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.core.captures import CaptureFile
from builder.core.ids import article_id, author_id, comment_id, name_key
from builder.core.issues import issue
from builder.run.corpus.inputs import Input
from builder.tables.issues import issue_rows
from builder.tables.parts import ShardTables

Row = dict[str, Any]


def tables_of(inputs: Sequence[Input]) -> ShardTables:
    """The tables of some captures; an empty capture is an issue, one that says ``kill`` kills the process."""
    rows: dict[str, list[Row]] = {"articles": [], "comments": [], "segments": [], "authors": []}
    issues = []
    for capture, data, digest, _ in inputs:
        assert isinstance(data, bytes)
        lines = data.decode().splitlines()
        if lines == ["kill"]:
            os.kill(os.getpid(), signal.SIGKILL)
        if lines:
            add(rows, capture, lines, digest)
        else:
            issues.append(issue(capture.capture, "empty", "No text."))
    tables = {name: pa.Table.from_pylist(found, arrow_schema(name)) for name, found in rows.items()}
    names = tables.pop("authors")
    return ShardTables(**tables, issues=issue_rows(issues), names=names)


def add(rows: dict[str, list[Row]], capture: CaptureFile, lines: list[str], raw_sha256: str) -> None:
    """Add the rows of one capture."""
    key = article_id(capture.capture)
    start, signed = len(lines[0]) + 1, set[str]()
    rows["segments"].append(segment(key, 0, "headline", (0, start), None))
    seen: list[str] = []
    for position, line in enumerate(lines[1:]):
        author, _, text = line.rpartition(": ")
        made = comment(key, text, (start + len(line) - len(text), start + len(line)), seen)
        if author:
            rows["authors"].append(signature(capture.source, author, first=author not in signed))
            made |= {"author_id": rows["authors"][-1]["author_id"], "author_name": author}
            signed.add(author)
        rows["comments"].append(made | {"position": position, "attribution": "named" if author else "lost"})
        span = (start, start + len(line) + 1)
        rows["segments"].append(segment(key, position + 1, "comment", span, made["comment_id"]))
        start = span[1]
    unattributed = sum(not row for row in signed)
    rows["articles"].append(article(key, capture, lines, unattributed) | {"raw_sha256": raw_sha256})


def article(key: str, capture: CaptureFile, lines: list[str], unattributed: int) -> Row:
    """The row of an article."""
    constant = {"encoding": "utf-8", "layout": "gapped", "text": "", "n_paragraphs": 0}
    return constant | {
        "article_id": key,
        "source": capture.source,
        "capture": capture.capture,
        "headline": lines[0],
        "n_comments": len(lines) - 1,
        "n_unattributed": unattributed,
        "parse_confidence": int(key[1:5], 16) / 65536,
    }


def comment(key: str, text: str, span: tuple[int, int], seen: list[str]) -> Row:
    """The row of a comment without its author and place."""
    text_sha256 = sha256(text.encode()).hexdigest()
    seen.append(text_sha256)
    return {
        "comment_id": comment_id(key, text_sha256, seen.count(text_sha256) - 1),
        "article_id": key,
        "text": text,
        "text_sha256": text_sha256,
        "n_paragraphs": 1,
        "char_start": span[0],
        "char_end": span[1],
        "gap_before": 0,
        "parse_confidence": 1.0,
    }


def segment(key: str, ordinal: int, kind: str, span: tuple[int, int], comment: str | None) -> Row:
    """The row of a segment."""
    place = {"char_start": span[0], "char_end": span[1]}
    return {
        "article_id": key,
        "ordinal": ordinal,
        "kind": kind,
        "comment_id": comment,
        "probability": 1.0,
    } | place


def signature(source: str, name: str, *, first: bool) -> Row:
    """The row of a name below one comment."""
    key = name_key(name)
    counts = {"n_comments": 1, "n_articles": int(first)}
    return {"author_id": author_id(source, key), "source": source, "name": name, "name_key": key} | counts
