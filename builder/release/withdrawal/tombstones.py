"""What is left of a withdrawn comment: its place in the thread, and nothing that it said."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

WITHDRAWN = "withdrawn"
"""The attribution of a tombstone."""
_MEANING = "The comment was withdrawn: only its place in the thread is left."
EMPTIED = (
    "author_id",
    "author_name",
    "posted_at",
    "text",
    "text_sha256",
    "text_hmac",
    "lang",
    "lang_score",
    "duplicate_of",
)
"""The columns that a tombstone has nothing in."""
_WIDER = ("text", "text_sha256", "text_hmac")


def widened(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a table as one of a release: tombstones have no text, and an attribution of their own."""
    if name != "comments":
        return dict(schema)
    columns = dict(schema["properties"])
    for column in _WIDER:
        if column in columns:
            columns[column] = _with_null(columns[column])
    columns["attribution"] = _with_value(columns["attribution"])
    return {**schema, "properties": columns}


def with_tombstones(comments: pa.Table, gone: Collection[str]) -> pa.Table:
    """The comments with tombstones in the places of those that are gone."""
    mine = pc.is_in(comments["comment_id"], value_set=pa.array(sorted(gone), pa.string()))
    left = dict(zip(comments.column_names, comments.columns, strict=True))
    for name in EMPTIED:
        if name in left:
            left[name] = pc.if_else(mine, pa.scalar(None, comments.schema.field(name).type), left[name])
    left["attribution"] = pc.if_else(mine, WITHDRAWN, left["attribution"])
    fields = [field.with_nullable(field.nullable or field.name in _WIDER) for field in comments.schema]
    return pa.table(list(left.values()), schema=pa.schema(fields, comments.schema.metadata))


def _with_null(column: Mapping[str, Any]) -> dict[str, Any]:
    kinds = column["type"] if isinstance(column["type"], list) else [column["type"]]
    said = f"{column['description']} Null if the comment was withdrawn."
    return {**column, "type": list(dict.fromkeys([*kinds, "null"])), "description": said}


def _with_value(column: Mapping[str, Any]) -> dict[str, Any]:
    values = MappingProxyType({**column["x-values"], WITHDRAWN: _MEANING})
    return {**column, "enum": list(values), "x-values": dict(values)}
