"""Parquet as packed captures: the columns id and text, and what a side file would say in others.

``text`` is text or bytes. ``meta`` is a side file as it was; columns named like the entries of one do as well. For
``encoding`` and ``meta_encoding`` see ``builder.core.packed.rows``.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from builder.core.packed.record import DAMAGE, FACTS, Fault, Record, no_id, no_text, oversized, side_file
from builder.core.packed.rows import Row, bytes_of, meta_of
from builder.core.places import opened_file

_AT_ONCE = 4_000_000
_BUFFER = 1 << 20


def records(file: str, largest: int, first: int) -> Iterator[Record]:
    """The records of a file from the row group on in which ``first`` lies; ``DAMAGE`` where it cannot be read on."""
    try:
        with (
            opened_file(file) as raw,
            pq.ParquetFile(raw, buffer_size=_BUFFER, pre_buffer=False) as opened,
        ):
            names = _names(opened.schema_arrow)
            number = 0
            for group in range(opened.num_row_groups):
                rows = opened.metadata.row_group(group).num_rows
                if number + rows > first:
                    yield from _as_far_as_it_goes(
                        _of_group(opened, group, names, number, largest), number, rows
                    )
                number += rows
    except pa.ArrowException as error:
        raise ValueError(str(error)) from error


def _as_far_as_it_goes(group: Iterator[Record], number: int, rows: int) -> Iterator[Record]:
    """The records of a row group; where it is damaged one that says so, for the next group may be whole."""
    end = number + rows
    try:
        for record in group:
            number = record.number + 1
            yield record
    except (*DAMAGE, pa.ArrowException) as error:
        said = f"It cannot be read from here to record {end}: {str(error).rstrip('.')}. Get the file again."
        yield Record(number, "", Fault("unreadable", said))


def _names(schema: pa.Schema) -> list[str]:
    names = [name for name in (*Row._fields, *FACTS) if name in schema.names]
    missing = [name for name in ("id", "text") if name not in names]
    if missing:
        raise ValueError(f"it has no column {missing[0]}; there must be id and text")
    twice = [name for name in names if schema.names.count(name) > 1]
    if twice:
        raise ValueError(f"it has more than one column {twice[0]}")
    return names


def _of_group(
    opened: pq.ParquetFile, group: int, names: list[str], number: int, largest: int
) -> Iterator[Record]:
    about = opened.metadata.row_group(group)
    parts = [about.column(n) for n in range(about.num_columns)]
    # One that is no text has parts, each with a path of its own below it.
    text = sum(one.total_uncompressed_size for one in parts if one.path_in_schema.split(".")[0] == "text")
    if about.num_rows == 1 and text > largest + _BUFFER:
        # To read it would take what the limit is there to spare.
        (name,) = _values(opened.read_row_group(group, ["id"]).column(0).combine_chunks(), "id")
        yield (
            Record(number, name, oversized(text, largest)) if _is_name(name) else Record(number, "", no_id())
        )
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
        wanted = column.type
    try:
        return list(column.cast(wanted).to_pylist())
    except (pa.ArrowException, ArithmeticError, LookupError, ValueError):
        return [_legible(value) for value in column]


def _legible(value: pa.Scalar) -> Any:  # noqa: ANN401 - whatever a column holds
    """A value among others that Python knows no text or no time for, as text that says so."""
    try:
        if _is_text(value.type) and value.is_valid:
            return value.as_buffer().to_pybytes().decode("utf-8", "backslashreplace")
        return value.as_py()
    except (ArithmeticError, LookupError, ValueError):
        return f"unreadable {value.type}"


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value != ""


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
    if not _is_name(row["id"]):
        return Record(number, "", no_id())
    if not isinstance(data, bytes):
        return Record(number, row["id"], no_text(data))
    if len(data) > largest:
        return Record(number, row["id"], oversized(len(data), largest))
    facts = {name: _plain(row.get(name)) for name in FACTS}
    return Record(
        number, row["id"], data, side_file(meta_of(row.get("meta"), row.get("meta_encoding")), facts)
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    return value
