"""Assemble: parsed captures become the rows that the schemas ask for."""

from hashlib import sha256
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from builder.contracts.arrow import arrow_schema
from builder.core.ids import article_id, author_id, comment_id
from builder.core.issues import issue
from builder.parse.batch import make_batch
from builder.parse.kinds import KINDS
from builder.parse.layout import DUMP, GAPPED
from builder.parse.segment import Segments
from builder.tables.assemble import RIGHT_IN_DUMPS, Parsed, assemble
from builder.tables.capture import Capture
from builder.tables.issues import unnumbered_schema
from builder.tables.parts import ShardTables

Row = dict[str, Any]
# Kind, text, comment, probability, gap; a blank is given by its text alone.
ONE = [
    ("headline", "Bridge “closed”", -1, 0.99, 0), "\n\n", ("caption", "A bridge 🚧", -1, 0.8, 1), "\n\n",
    ("paragraph", "It is closed.", -1, 0.9, 1), "\n\n", ("paragraph", "Still.", -1, 0.9, 1), "\n\n\n",
    ("author", " Ann ", 0, 0.9, 2), "\n\n", ("comment", "Yes.", 0, 0.7, 1), "\n\n", ("comment", "No.", 0, 0.9, 1),
    "\n\n\n\n\n\n", ("comment", "Yes.", 1, 0.5, 5), "\n\n", ("author", "ANN", 2, 0.9, 1), "\n",
    ("comment", "Yes.", 2, 0.91, 0),
    "\n",
]  # fmt: skip
TWO = [("headline", "Short", -1, 0.6, 0), "\n"]
EMPTY: list[Any] = []


def laid(*pages: list[Any]) -> tuple[list[bytes], Segments]:
    """Texts and segments of pages written down piece by piece."""
    texts = ["".join(piece if isinstance(piece, str) else piece[1] for piece in page) for page in pages]
    batch = make_batch([text.encode() for text in texts])
    rows = []
    for number, page in enumerate(pages):
        place, byte = 0, int(batch.starts[number])
        for piece in page:
            kind, text, comment, sure, gap = ("blank", piece, -1, 1.0, 0) if isinstance(piece, str) else piece
            ends = place + len(text), byte + len(text.encode())
            rows.append((number, KINDS.index(kind), byte, ends[1], place, ends[0], comment, sure, gap))
            place, byte = ends
    columns = (
        [np.array(column) for column in zip(*rows, strict=True)]
        if rows
        else [np.zeros(0, dtype=np.int64)] * 9
    )
    return [text.encode() for text in texts], Segments(*columns)


def tables_of(*pages: list[Any]) -> ShardTables:
    """The tables of these pages, the first a dump and the others gapped."""
    texts, segments = laid(*pages)
    found = [
        Capture(
            f"herald/{n}.txt",
            article_id(f"herald/{n}.txt"),
            "herald",
            sha256(text).hexdigest(),
            "utf-8",
            text,
        )
        for n, text in enumerate(texts)
    ]
    layout = np.array([DUMP, *[GAPPED] * len(pages)][: len(pages)], dtype=np.uint8)
    failed = [issue("herald/x.txt", "vanished", "Gone.")]
    return assemble(found, Parsed(make_batch(texts), segments, layout), failed)


@pytest.fixture(scope="module")
def made() -> ShardTables:
    """The tables of three pages."""
    return tables_of(ONE, EMPTY, TWO)


@pytest.mark.parametrize("pages", [(ONE, EMPTY, TWO), (EMPTY,), (TWO,), ()], ids=len)
def test_tables_have_the_schemas(pages: tuple[list[Any], ...]) -> None:
    """Whatever the captures hold, every table has exactly the columns and types of its schema, and no null key."""
    made = tables_of(*pages)
    for name in ("articles", "comments", "segments"):
        table = getattr(made, name)
        assert table.schema == arrow_schema(name)
        assert [
            field.name for field in table.schema if not field.nullable and table[field.name].null_count
        ] == []
        table.validate(full=True)
    assert made.issues.schema == unnumbered_schema()
    assert made.articles.num_rows == len(pages)


def test_an_article_is_what_its_segments_say(made: ShardTables) -> None:
    """Headline, caption, text, layout and counts are those of the segments; what is not there is null or nothing."""
    one, empty, two = made.articles.to_pylist()
    assert (one["headline"], one["caption"]) == ("Bridge “closed”", "A bridge 🚧")
    assert one["text"] == "It is closed.\n\nStill."
    assert (one["n_paragraphs"], one["n_comments"], one["n_unattributed"]) == (2, 3, 1)
    assert (one["layout"], two["layout"]) == ("dump", "gapped")
    assert (empty["headline"], empty["caption"], empty["text"], empty["n_comments"]) == (None, None, "", 0)
    assert (two["headline"], two["text"], two["n_paragraphs"]) == ("Short", "", 0)


def test_an_article_is_as_sure_as_its_comments() -> None:
    """Confidence is the mean of the comments'; without comments, the least sure segment; of nothing, whole."""
    _, *others = tables_of(EMPTY, ONE, EMPTY, TWO).articles["parse_confidence"].to_pylist()
    assert others == pytest.approx([(0.5 + 0.5 + 0.9) / 3, 1.0, 0.6], abs=1e-3)


@pytest.mark.parametrize("page", [ONE, TWO, EMPTY], ids=len)
def test_a_dump_is_never_sure(page: list[Any]) -> None:
    """Where the grammar does not fit, neither the capture nor a comment claims to be surer than such cuts are."""
    made = tables_of(page)
    for table in (made.articles, made.comments):
        assert all(value <= RIGHT_IN_DUMPS + 1e-3 for value in table["parse_confidence"].to_pylist())


def test_comments_are_what_their_segments_say(made: ShardTables) -> None:
    """Text, id, places and gap of every comment; a named author is known by an id, a lost one by none."""
    first, lost, last = made.comments.to_pylist()
    key = article_id("herald/0.txt")
    assert (first["text"], first["n_paragraphs"], first["position"], first["gap_before"]) == (
        "Yes.\n\nNo.",
        2,
        0,
        2,
    )
    assert (first["author_name"], first["attribution"]) == ("Ann", "named")
    assert first["author_id"] == last["author_id"] == author_id("herald", "ann")
    assert (lost["author_id"], lost["author_name"], lost["attribution"], lost["gap_before"]) == (
        None,
        None,
        "lost",
        5,
    )
    digest = sha256(b"Yes.").hexdigest()
    assert (lost["comment_id"], last["comment_id"]) == (
        comment_id(key, digest, 0),
        comment_id(key, digest, 1),
    )
    assert lost["text_sha256"] == digest


def test_places_are_places_of_the_text(made: ShardTables) -> None:
    """The span of a comment cuts its text out of the capture, from its first line to its last."""
    text = laid(ONE)[0][0].decode()
    spans = [text[row["char_start"] : row["char_end"]] for row in made.comments.to_pylist()]
    assert spans == ["Yes.\n\nNo.", "Yes.", "Yes."]


def test_segments_know_their_comment(made: ShardTables) -> None:
    """Segments are numbered in their capture, and those of a comment carry its id."""
    rows = made.segments.to_pylist()
    first = [row for row in rows if row["article_id"] == article_id("herald/0.txt")]
    assert [row["ordinal"] for row in first] == list(range(len(ONE)))
    ids = made.comments["comment_id"].to_pylist()
    of_comment = [ids.index(row["comment_id"]) for row in first if row["comment_id"]]
    assert of_comment == [0, 0, 0, 1, 2, 2]
    assert [row["kind"] for row in rows[-2:]] == ["headline", "blank"]


def test_names_are_counted(made: ShardTables) -> None:
    """Two spellings of an author are two rows; the article counts for the first of them."""
    names = {row["name"]: (row["n_comments"], row["n_articles"]) for row in made.names.to_pylist()}
    assert names == {"Ann": (1, 1), "ANN": (1, 0)}


def test_failures_come_before_oddities(made: ShardTables) -> None:
    """The issues of captures that could not be parsed are rows beside those of the others."""
    codes = [(row["capture"], row["code"]) for row in made.issues.to_pylist()]
    assert codes == [
        ("herald/x.txt", "vanished"),
        ("herald/0.txt", "comments_lost"),
        ("herald/0.txt", "page_dump"),
        ("herald/1.txt", "empty"),
        ("herald/2.txt", "headline_only"),
    ]
    assert pa.types.is_string(made.issues["message"].type)
