"""A tiny dataset made by hand: captures, and the tables that are true of them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.contracts.catalogue import CORPUS
from builder.core import ids

Row = dict[str, Any]


@dataclass(frozen=True)
class Comment:
    """A comment to be written: who signs it (none: lost) and its paragraphs."""

    author: str | None
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class Page:
    """A capture to be written: headline, caption, paragraphs, comments."""

    capture: str
    headline: str | None = None
    caption: str | None = None
    paragraphs: Sequence[str] = ()
    comments: Sequence[Comment] = ()


@dataclass
class Written:
    """A page as it is written, piece by piece: its text so far and its segments."""

    page: Page
    text: str = ""
    segments: list[Row] = field(default_factory=list)
    comments: list[Row] = field(default_factory=list)

    @property
    def article_id(self) -> str:
        """The id of the page's article."""
        return ids.article_id(self.page.capture)

    def write(self, kind: str, text: str, comment: str | None = None, blanks: int = 1) -> tuple[int, int]:
        """Add a segment below so many blank lines; its span."""
        if self.text:
            self._add("blank", "\n" * (blanks + 1), None)
        return self._add(kind, text, comment)

    def _add(self, kind: str, text: str, comment: str | None) -> tuple[int, int]:
        start = len(self.text)
        self.text += text
        segment = {
            "article_id": self.article_id,
            "ordinal": len(self.segments),
            "kind": kind,
            "char_start": start,
            "char_end": len(self.text),
            "comment_id": comment,
            "probability": 0.75,
        }
        self.segments.append(segment)
        return start, len(self.text)


@dataclass(frozen=True)
class Dataset:
    """Tables and the raw captures that they are true of."""

    tables: Mapping[str, pa.Table]
    raw: Mapping[str, bytes]

    def with_cell(self, table: str, row: int, column: str, value: Any) -> "Dataset":
        """The dataset with one cell changed."""
        rows = self.tables[table].to_pylist()
        rows[row] = {**rows[row], column: value}
        return self.with_rows(table, rows)

    def with_rows(self, table: str, rows: Sequence[Row]) -> "Dataset":
        """The dataset with other rows in one table."""
        return self.with_table(table, pa.Table.from_pylist(list(rows), schema=arrow_schema(table)))

    def with_table(self, table: str, rows: pa.Table) -> "Dataset":
        """The dataset with another table in the place of one."""
        return Dataset({**self.tables, table: rows}, self.raw)

    def row(self, table: str, **wanted: Any) -> int:
        """The number of the first row that has these values."""
        rows = self.tables[table].to_pylist()
        return next(number for number, row in enumerate(rows) if wanted.items() <= row.items())

    def read(self, captures: Sequence[str]) -> Iterator[tuple[int, bytes | OSError]]:
        """The bytes of captures, as the checker asks for them."""
        for place, capture in enumerate(captures):
            yield place, self.raw.get(capture, FileNotFoundError(2, "No such file", capture))


def dataset(pages: Sequence[Page]) -> Dataset:
    """The captures of these pages and the tables that are true of them."""
    written = sorted(map(written_page, pages), key=lambda page: page.article_id)
    comments = [comment for page in written for comment in page.comments]
    rows = {
        "articles": [article_row(page) for page in written],
        "comments": comments,
        "authors": author_rows(written),
        "segments": [segment for page in written for segment in page.segments],
        "issues": [issue_row(capture) for capture in sorted(page.capture for page in pages)],
    }
    tables = {name: pa.Table.from_pylist(rows[name], schema=arrow_schema(name)) for name in CORPUS}
    return Dataset(tables, {page.page.capture: page.text.encode() for page in written})


def written_page(page: Page) -> Written:
    """A page written out, with its segments and comments."""
    written = Written(page)
    for kind, text in (("headline", page.headline), ("caption", page.caption)):
        if text is not None:
            written.write(kind, text)
    for text in page.paragraphs:
        written.write("paragraph", text)
    before: Counter[str] = Counter()
    for comment in page.comments:
        write_comment(written, comment, before)
    return written


def write_comment(written: Written, comment: Comment, before: Counter[str]) -> None:
    """Write a comment below a gap of two blank lines, its author one blank line above it."""
    text = "\n\n".join(comment.paragraphs)
    digest = sha256(text.encode()).hexdigest()
    comment_id = ids.comment_id(written.article_id, digest, before[digest])
    before[digest] += 1
    if comment.author is not None:
        written.write("author", comment.author, comment_id, blanks=2)
    spans = [
        written.write("comment", paragraph, comment_id, blanks=1 if number or comment.author else 2)
        for number, paragraph in enumerate(comment.paragraphs)
    ]
    written.comments.append(comment_row(written, comment, comment_id, spans))


def comment_row(written: Written, comment: Comment, comment_id: str, spans: list[tuple[int, int]]) -> Row:
    """The row of a comment."""
    name = None if comment.author is None else comment.author.strip()
    text = "\n\n".join(comment.paragraphs)
    return {
        "comment_id": comment_id,
        "article_id": written.article_id,
        "position": len(written.comments),
        "author_id": None if name is None else ids.author_id(source(written.page), ids.name_key(name)),
        "author_name": name,
        "attribution": "lost" if name is None else "named",
        "text": text,
        "text_sha256": sha256(text.encode()).hexdigest(),
        "n_paragraphs": len(spans),
        "char_start": spans[0][0],
        "char_end": spans[-1][1],
        "gap_before": 2,
        "parse_confidence": 0.5,
    }


def article_row(written: Written) -> Row:
    """The row of an article."""
    page = written.page
    return {
        "article_id": written.article_id,
        "source": source(page),
        "capture": page.capture,
        "raw_sha256": sha256(written.text.encode()).hexdigest(),
        "encoding": "utf-8",
        "layout": "gapped",
        "headline": page.headline,
        "caption": page.caption,
        "text": "\n\n".join(page.paragraphs),
        "n_paragraphs": len(page.paragraphs),
        "n_comments": len(page.comments),
        "n_unattributed": sum(comment.author is None for comment in page.comments),
        "parse_confidence": 0.5,
    }


def author_rows(written: Sequence[Written]) -> list[Row]:
    """The rows of all authors."""
    signed: dict[tuple[str, str], list[Row]] = {}
    for page in written:
        for row in page.comments:
            if row["author_name"] is not None:
                signed.setdefault((source(page.page), ids.name_key(row["author_name"])), []).append(row)
    rows = [author_row(place, key, comments) for (place, key), comments in signed.items()]
    return sorted(rows, key=lambda row: row["author_id"])


def author_row(place: str, key: str, comments: Sequence[Row]) -> Row:
    """The row of the author of these comments."""
    return {
        "author_id": ids.author_id(place, key),
        "source": place,
        "name": comments[0]["author_name"],
        "name_key": key,
        "n_comments": len(comments),
        "n_articles": len({comment["article_id"] for comment in comments}),
    }


def issue_row(capture: str) -> Row:
    """The row of an issue about a capture."""
    return {
        "capture": capture,
        "ordinal": 0,
        "code": "comments_lost",
        "severity": "warning",
        "char_start": 0,
        "char_end": 1,
        "message": "A gap.",
    }


def source(page: Page) -> str:
    """The source of a page: its first folder."""
    return page.capture.split("/")[0]


PAGES = (
    Page(
        "herald/one.txt",
        "Bridge “closed” — again",
        "The bridge, 🚧 seen from below",
        ("First paragraph.", "Второй абзац."),
        (
            Comment("Ann", ("Well.", "And another thing.")),
            Comment(None, ("Well.",)),
            Comment(" ANN ", ("Well.",)),
            Comment("Bob", ("Add more tanks 🐘",)),
        ),
    ),
    Page("herald/two.txt", "Short", None, (), (Comment("Ann", ("Ok.",)),)),
    Page("gazette/one.txt", None, None, (), (Comment("Ann", ("نعم",)), Comment(None, ("No.",)))),
    Page("gazette/empty.txt"),
)
