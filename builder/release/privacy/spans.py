"""Marked stretches of text, moved to where their text is now."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.release.privacy.edits import Edited

HIDDEN = "[NOT RELEASED]"
"""What a span says that is marked in a whole capture, which no release holds, or in a text that is gone."""


def moved_spans(
    tables: Mapping[str, pa.Table], texts: Mapping[str, str], changed: Mapping[str, Edited]
) -> pa.Table:
    """The spans table with places and text as the released texts have them.

    Args:
        tables: the built tables, with spans, annotations and tasks.
        texts: the text of every article and comment, by id, before anything was replaced.
        changed: the texts in which something was.
    """
    spans, units = tables["spans"], units_of_spans(tables)
    rows = zip(units, *(spans[name].to_pylist() for name in ("start", "end", "text")), strict=True)
    moved = [_moved(row, texts, changed) for row in rows]
    for number, name in enumerate(("start", "end", "text")):
        at = spans.schema.get_field_index(name)
        values = pa.array([one[number] for one in moved], spans.schema.field(at).type)
        spans = spans.set_column(at, spans.schema.field(at), values)
    return spans


def _moved(
    row: tuple[str | None, int, int, str], texts: Mapping[str, str], changed: Mapping[str, Edited]
) -> tuple[int, int, str]:
    unit, start, end, text = row
    if unit is None or unit not in texts:
        return start, end, HIDDEN
    if unit not in changed:
        return start, end, text
    start, end = changed[unit].move(start, end)
    return start, end, changed[unit].text[start:end]


def units_of_spans(tables: Mapping[str, pa.Table]) -> list[str | None]:
    """The text that each span is marked in, by id; none for a capture or a text that is nowhere."""
    tasks = tables["tasks"]
    captures = set(tasks.filter(pc.equal(tasks["unit_type"], "capture"))["task_key"].to_pylist())
    columns = ("annotation_id", "version", "unit_id", "task_key")
    rows = zip(*(tables["annotations"][name].to_pylist() for name in columns), strict=True)
    units = {(name, version): None if task in captures else unit for name, version, unit, task in rows}
    keys = zip(*(tables["spans"][name].to_pylist() for name in columns[:2]), strict=True)
    return [units.get(key) for key in keys]


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
