"""Tables under the ids and hashes that they leave with."""

from collections.abc import Callable, Mapping
from hashlib import sha256

import pyarrow as pa
import pyarrow.compute as pc

from builder.core.memory import give_back_memory
from builder.release.privacy.edits import Edited
from builder.release.privacy.keyed import TEXT_HMAC, released_id, text_hmac

_IDS = ("author_id", "comment_id", "parent_id", "duplicate_of", "unit_id", "task_key")
"""The columns of any table that may hold the id of an author, a comment or a task."""


def with_released_ids(tables: dict[str, pa.Table], key: bytes) -> dict[str, pa.Table]:
    """All tables with released ids; each id is made once, however often it occurs.

    They are taken out of those that were given one by one: twice would be too much.
    """
    made: dict[str | None, str | None] = {None: None}

    def released(name: str | None) -> str | None:
        found = made.get(name)
        if found is None and name is not None:
            found = made[name] = released_id(key, name)
        return found

    def change(some: list[str | None]) -> list[str | None]:
        return list(map(released, some))

    left = {}
    for name in [*tables]:
        left[name] = _each(tables.pop(name), change)
        give_back_memory()
    return left


def _each(table: pa.Table, change: Callable[[list[str | None]], list[str | None]]) -> pa.Table:
    for name in [one for one in _IDS if one in table.column_names]:
        values = [_changed(chunk, change) for chunk in table[name].chunks]
        table = with_column(table, name, pa.chunked_array(values, pa.string()))
    return table


def _changed(ids: pa.Array, change: Callable[[list[str | None]], list[str | None]]) -> pa.Array:
    known = ids.dictionary_encode()
    return pa.array(change(known.dictionary.to_pylist()), pa.string()).take(known.indices)


def with_column(table: pa.Table, name: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    """The table with other values in a column that it has."""
    at = table.schema.get_field_index(name)
    return table.set_column(at, table.schema.field(at), values)


def with_text_hmacs(comments: pa.Table, key: bytes) -> pa.Table:
    """The comments with the keyed hash of each text as the last column; ``text_sha256`` must be as it was built.

    A comment that was withdrawn has neither text nor hash.
    """
    hashes = [one and text_hmac(key, one) for one in comments["text_sha256"].to_pylist()]
    field = comments.schema.field("text_sha256").with_name(TEXT_HMAC)
    return comments.append_column(field, pa.array(hashes, pa.string()))


def with_texts(table: pa.Table, column: str, changed: Mapping[int, Edited]) -> pa.Table:
    """The table with the texts of some rows in the place of those that were there."""
    if not changed:
        return table
    texts = table[column].to_pylist()
    for row, one in changed.items():
        texts[row] = one.text
    return with_column(table, column, pa.array(texts, pa.string()))


def with_comment_hashes(comments: pa.Table, changed: Mapping[int, Edited]) -> pa.Table:
    """The comments with the SHA-256 of the texts that changed."""
    if not changed:
        return comments
    hashes = comments["text_sha256"].to_pylist()
    for row, one in changed.items():
        hashes[row] = sha256(one.text.encode()).hexdigest()
    return with_column(comments, "text_sha256", pa.array(hashes, pa.string()))


def with_task_hashes(tasks: pa.Table, known: Mapping[tuple[str, str], str], key: bytes) -> pa.Table:
    """The tasks with the hash of each text as released; of a text that is not released, a keyed hash.

    ``known`` gives the hash of a released text by the unit and the hash of the text that was shown.
    """
    shown = tasks["text_sha256"].to_pylist()
    units = tasks["unit_id"].to_pylist()
    captures = pc.equal(tasks["unit_type"], "capture").to_pylist()
    hashes = [
        (None if capture else known.get((unit, one))) or text_hmac(key, one)
        for unit, one, capture in zip(units, shown, captures, strict=True)
    ]
    return with_column(tasks, "text_sha256", pa.array(hashes, pa.string()))
