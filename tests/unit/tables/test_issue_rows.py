"""Issue rows: numbered within their capture, in the order in which they come."""

import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.core.issues import issue
from builder.tables.issues import issue_rows, numbered

FIRST = [issue("b.txt", "recoded", "From cp1252."), issue("a.txt", "empty", "No text.")]
SECOND = [issue("b.txt", "comments_lost", "Five blank lines.", (3, 8))]


def test_issues_are_numbered_by_capture() -> None:
    """Rows come by capture; those of one keep the order in which they came."""
    rows = pa.concat_tables(numbered([issue_rows(FIRST), issue_rows(SECOND)])).to_pylist()
    assert [(row["capture"], row["ordinal"], row["code"]) for row in rows] == [
        ("a.txt", 0, "empty"),
        ("b.txt", 0, "recoded"),
        ("b.txt", 1, "comments_lost"),
    ]
    assert (rows[2]["char_start"], rows[2]["severity"]) == (3, "warning")


def test_no_issues_are_a_table() -> None:
    """Where nothing is odd there is a table without rows, of the right types."""
    assert pa.concat_tables(numbered([issue_rows([])])).schema.equals(arrow_schema("issues"))
