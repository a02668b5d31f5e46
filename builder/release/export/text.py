"""Tables as lines of text: comma-separated values by RFC 4180, and one JSON object a line."""

import json
from collections.abc import Iterator

import pyarrow as pa

from builder.release.export.values import Value, records, rows


def csv_lines(table: pa.Table) -> Iterator[str]:
    """A header and a line a row, ended as RFC 4180 wants it.

    Every text is in quotes, so that "" is an empty text and nothing at all is null. Truths are true and false.
    """
    yield ",".join(map(_field, table.column_names)) + "\r\n"
    for row in rows(table):
        yield ",".join(map(_field, row)) + "\r\n"


def json_lines(table: pa.Table) -> Iterator[str]:
    """A line a row: an object with every column, null where there is nothing."""
    for record in records(table):
        yield json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"


def _field(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)
