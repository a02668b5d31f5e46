"""The merged rows that tell how people work, in the order of their work, a few of them as objects at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.labels.arrays import Ints, ints
from builder.labels.sheets import version_keys

NEEDED: Mapping[str, tuple[str, ...]] = {
    "tasks": ("task_key", "config", "config_sha256", "unit_type", "round", "occurrence"),
    "annotations": (
        "annotation_id",
        "version",
        "task_key",
        "unit_id",
        "annotator_id",
        "status",
        "origin",
        "lead_time_s",
        "created_at",
    ),
    "answers": ("annotation_id", "version", "question", "option", "number"),
    "spans": ("annotation_id", "version", "label", "start", "end"),
    "suggestions": ("annotation_id", "version", "question", "model", "outcome"),
}
"""What of the merged tables is needed to say how people work."""
_OF_TASK = ("config_sha256", "unit_type", "round", "occurrence")
SAID = {
    "answers": ("question", "option", "number"),
    "spans": ("label", "start", "end"),
    "suggestions": ("question",),
}
_ORDER = ("created_at", "annotation_id")


def working_rows(tables: Mapping[str, pa.Table]) -> pa.Table:
    """The annotations that say how people work, in their order, each with what its task says."""
    tasks, rows = tables["tasks"], tables["annotations"].select(NEEDED["annotations"])
    known = (pc.is_valid(rows[name]) for name in ("annotator_id", "unit_id"))
    there = pc.is_in(rows["task_key"], value_set=tasks["task_key"].combine_chunks())
    rows = rows.filter(pc.and_(pc.and_(*known), pc.and_(there, pc.not_equal(rows["status"], "superseded"))))
    rows = rows.take(pc.sort_indices(rows, [(name, "ascending") for name in _ORDER]))
    places = pc.index_in(rows["task_key"], value_set=tasks["task_key"].combine_chunks())
    for name in _OF_TASK:
        rows = rows.append_column(name, tasks[name].combine_chunks().dictionary_encode().take(places))
    return rows


@dataclass(frozen=True, slots=True)
class Said:
    """Rows of a table of what was said, in the order of the annotations, and where those of each begin."""

    rows: pa.Table
    starts: Ints

    @classmethod
    def of(cls, table: pa.Table | None, keys: pa.Array, columns: Sequence[str]) -> Self:
        """The rows of the annotations with these keys."""
        if table is None:
            return cls(pa.table({name: pa.nulls(0) for name in columns}), np.zeros(len(keys) + 1, np.int64))
        entries = pc.index_in(version_keys(table), value_set=keys)
        rows, of = table.select(columns).filter(pc.is_valid(entries)), ints(entries.drop_null())
        order = np.argsort(of, kind="stable")
        return cls(rows.take(pa.array(order)), np.searchsorted(of[order], np.arange(len(keys) + 1)))

    def steps(self, first: int, count: int) -> Iterator[list[tuple[Any, ...]]]:
        """What was said in each of some annotations."""
        starts = self.starts[first : first + count + 1]
        rows = self.rows.slice(int(starts[0]), int(starts[-1] - starts[0]))
        said = list(zip(*(column.to_pylist() for column in rows.columns), strict=True))
        yield from (said[start:end] for start, end in pairwise((starts - starts[0]).tolist()))
