"""Lines: a capture's text as one reads it, each line with what it was taken for."""

import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.tables.lines import lines_of


def segments(*rows: tuple[str, int, int]) -> pa.Table:
    """The segments of a capture: kind, start, end."""
    found = [
        {
            "article_id": "a",
            "ordinal": n,
            "kind": kind,
            "char_start": start,
            "char_end": end,
            "probability": 0.5,
        }
        for n, (kind, start, end) in enumerate(rows)
    ]
    return pa.Table.from_pylist(found, arrow_schema("segments"))


def test_each_line_has_its_kind() -> None:
    """A line says its number and kind; one of white space is blank; after the last line end there is none."""
    text = "Head\n\n  \nSaid twice\nover\n"
    cut = segments(("headline", 0, 4), ("blank", 4, 9), ("comment", 9, 24), ("blank", 24, 25))
    lines = [(line.number, line.kind, line.text) for line in lines_of(text, cut)]
    assert lines == [
        (1, "headline", "Head"),
        (2, "blank", ""),
        (3, "blank", "  "),
        (4, "comment", "Said twice"),
        (5, "comment", "over"),
    ]


def test_a_line_of_several_segments_is_several_lines() -> None:
    """Where a line holds several segments each is told, under one number."""
    text = "Ann \U0001f600, yesterday"
    lines = list(lines_of(text, segments(("author", 0, 5), ("blank", 5, 7), ("date", 7, 16))))
    told = [(line.number, line.kind, line.text) for line in lines]
    assert told == [(1, "author", "Ann \U0001f600"), (1, "blank", ", "), (1, "date", "yesterday")]
    assert all(text[line.char_start : line.char_end] == line.text for line in lines)
