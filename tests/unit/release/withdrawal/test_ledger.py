"""The ledger reads back what it wrote, and names the line that it cannot read."""

import json

import pytest

from builder.core.errors import DataError
from builder.release.withdrawal.ledger import (
    REASONS,
    Ledger,
    Overwriting,
    Redaction,
    Withdrawal,
    as_line,
    ledger_of,
)

ONE = Withdrawal("comment", "c" + "0" * 20, "court", "2031-04-05", "u" + "0" * 20)
OTHER = Redaction("000001.jsonl.zst", "0" * 64, "1" * 64, 3, "2031-04-05")
PLACES = Overwriting("c" + "1" * 20, "text", 9, ((0, 4), (6, 9)))


def test_what_is_written_is_read() -> None:
    """Withdrawals, redactions and places come back as they were written, in their order."""
    text = as_line(ONE) + as_line(OTHER) + as_line(PLACES)
    assert ledger_of(text, "x") == Ledger((ONE,), (OTHER,), (PLACES,))
    assert ledger_of("", "x") == Ledger()


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"kind": "else"}',
        as_line(ONE).replace("court", "because"),
        as_line(ONE).replace("2031-04-05", "yesterday"),
        as_line(ONE).replace('"comment"', '"segment"'),
        json.dumps({**json.loads(as_line(ONE)), "name": "Ann"}),
        as_line(OTHER)[:40],
        as_line(PLACES).replace("[6, 9]", "[6, 10]"),
        as_line(PLACES).replace("[6, 9]", "[6]"),
        as_line(PLACES).replace("9,", '"9",'),
    ],
)
def test_a_line_that_is_none_is_named(line: str) -> None:
    """A line that is damaged, or says something else, is an error with its number."""
    with pytest.raises(DataError, match="x, line 2 is no entry"):
        ledger_of(as_line(ONE) + line.strip() + "\n", "x")


def test_every_reason_has_a_meaning() -> None:
    """The closed list of reasons says in a sentence what each is for."""
    assert all(meaning.endswith(".") for meaning in REASONS.values())
