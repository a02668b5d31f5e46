"""Marked stretches of text, moved to where their text is now."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.labels.sheets import version_keys
from builder.release.privacy.edits import Edited

HIDDEN = "[NOT RELEASED]"
"""What a span says that is marked in a whole capture, which no release holds, or in a text that is gone."""


def moved_spans(
    tables: Mapping[str, pa.Table], texts: Iterable[str], changed: Mapping[str, Edited]
) -> pa.Table:
    """The spans table with places and text as the released texts have them.

    Args:
        tables: the built tables, with spans, annotations and tasks.
        texts: the ids of all articles and comments, whose texts are released.
        changed: the texts in which something was.
    """
    spans, units = tables["spans"], units_of_spans(tables).combine_chunks()
    columns = {name: spans[name].to_numpy().copy() for name in ("start", "end")}
    hidden = pc.invert(pc.is_in(units, value_set=pa.array([*texts], pa.string())))
    words = pc.if_else(hidden, HIDDEN, spans["text"].combine_chunks())
    touched = pc.is_in(units, value_set=pa.array([*changed], pa.string()))
    said = []
    for row, unit in zip(np.flatnonzero(touched), units.filter(touched).to_pylist(), strict=True):
        start, end = changed[unit].move(int(columns["start"][row]), int(columns["end"][row]))
        columns["start"][row], columns["end"][row] = start, end
        said.append(changed[unit].text[start:end])
    moved = {**columns, "text": pc.replace_with_mask(words, touched, pa.array(said, pa.string()))}
    for name, values in moved.items():
        at = spans.schema.get_field_index(name)
        field = spans.schema.field(at)
        spans = spans.set_column(at, field, values if name == "text" else pa.array(values, field.type))
    return spans


def units_of_spans(tables: Mapping[str, pa.Table]) -> pa.ChunkedArray:
    """The text that each span is marked in, by id; none for a capture or a text that is nowhere."""
    tasks, annotations = tables["tasks"], tables["annotations"]
    captures = tasks["task_key"].filter(pc.equal(tasks["unit_type"], "capture")).combine_chunks()
    units = pc.if_else(pc.is_in(annotations["task_key"], value_set=captures), None, annotations["unit_id"])
    keys = version_keys(annotations).combine_chunks()
    return units.take(pc.index_in(version_keys(tables["spans"]), value_set=keys))


def moved_label_spans(spans: pa.Table, changed: Mapping[str, Edited]) -> pa.Table:
    """The label_spans table with places as the released texts have them.

    Spans that grew into one, because they lay in one replaced stretch, become one row with the greatest share.
    """
    touched = pc.and_(
        pc.is_in(spans["unit_id"], value_set=pa.array(sorted(changed), pa.string())),
        pc.not_equal(spans["unit_type"], "capture"),
    )
    kept: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in spans.filter(touched).to_pylist():
        row["start"], row["end"] = changed[row["unit_id"]].move(row["start"], row["end"])
        key = tuple(value for name, value in row.items() if name != "share")
        other = kept.get(key)
        if other is None or (row["share"] or 0) > (other["share"] or 0):
            kept[key] = row
    moved = pa.Table.from_pylist(list(kept.values()), spans.schema)
    return pa.concat_tables([spans.filter(pc.invert(touched)), moved])
