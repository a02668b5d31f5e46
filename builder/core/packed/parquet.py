"""Parquet as packed captures: the columns id and text, and what a side file would say in others.

``text`` is text or bytes. ``meta`` is a side file as it was; columns named like the entries of one do as well. For
``encoding`` and ``meta_encoding`` see ``builder.core.packed.rows``.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from builder.core.packed.record import FACTS, Record, no_id, no_text, oversized, side_file
from builder.core.packed.rows import Row, bytes_of
from builder.core.places import opened_file

_AT_ONCE = 4_000_000
_BUFFER = 1 << 20


def records(file: str, largest: int, first: int) -> Iterator[Record]:
    """The records of a file from the row group on in which ``first`` lies; ``DAMAGE`` where it cannot be read on."""
    with (
        opened_file(file) as raw,
        pq.ParquetFile(raw, buffer_size=_BUFFER, pre_buffer=False) as opened,
    ):
        names = _names(opened.schema_arrow)
        number = 0
        for group in range(opened.num_row_groups):
            rows = opened.metadata.row_group(group).num_rows
            if number + rows > first:
                yield from _of_group(opened, group, names, number, largest)
            number += rows


def _names(schema: pa.Schema) -> list[str]:
    missing = [name for name in ("id", "text") if name not in schema.names]
    if missing:
        raise ValueError(f"it has no column {missing[0]}; there must be id and text")
    return [name for name in (*Row._fields, *FACTS) if name in schema.names]


def _of_group(
    opened: pq.ParquetFile, group: int, names: list[str], number: int, largest: int
) -> Iterator[Record]:
    about = opened.metadata.row_group(group)
    sizes = {about.column(n).path_in_schema: about.column(n) for n in range(about.num_columns)}
    text = sizes["text"].total_uncompressed_size
    if about.num_rows == 1 and text > largest + _BUFFER:
        # To read it would take what the limit is there to spare.
        yield Record(number, str(opened.read_row_group(group, ["id"])["id"][0]), oversized(text, largest))
        return
    at_once = max(1, min(1_000, _AT_ONCE * about.num_rows // max(text, 1)))
    for batch in opened.iter_batches(at_once, row_groups=[group], columns=names, use_threads=False):
        columns = {name: _values(batch.column(name), name) for name in batch.schema.names}
        for row in range(batch.num_rows):
            yield _record(number + row, {name: values[row] for name, values in columns.items()}, largest)
        number += batch.num_rows


def _values(column: pa.Array, name: str) -> list[Any]:
    """The values of a column; text comes as its bytes, which need not be UTF-8 whatever the file says."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    wanted = {"id": pa.string(), "text": pa.large_binary()}.get(name)
    if wanted is None or (name == "text" and not _is_text(column.type)):
        return list(column.to_pylist())
    return list(column.cast(wanted).to_pylist())


def _is_text(kind: pa.DataType) -> bool:
    return any(
        check(kind)
        for check in (
            pa.types.is_string,
            pa.types.is_large_string,
            pa.types.is_binary,
            pa.types.is_large_binary,
        )
    )


def _record(number: int, row: dict[str, Any], largest: int) -> Record:
    data = bytes_of(row["text"], row.get("encoding"))
    if not row["id"]:
        return Record(number, "", no_id())
    if not isinstance(data, bytes):
        return Record(number, row["id"], no_text(data))
    if len(data) > largest:
        return Record(number, row["id"], oversized(len(data), largest))
    facts = {name: _plain(row.get(name)) for name in FACTS}
    return Record(
        number, row["id"], data, side_file(bytes_of(row.get("meta"), row.get("meta_encoding")), facts)
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    return value
