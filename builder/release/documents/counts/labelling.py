"""Labels and annotations counted: values, ties, people, what was rejected."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.release.documents.counts.arrays import (
    frequencies,
    group_sizes,
    has,
    quantiles,
    share,
    sizes_by,
)

_MANY = 40
_QUESTION = ("label_set", "unit_type", "question")
_FLAGS = {"tie": "ties", "adjudicated": "adjudicated", "single": "single"}


def labels(tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
    """Each question of each label set: units, ties, labels settled or of a single answer, labels by value."""
    if not has(tables, "labels", *_QUESTION, "hard", "n", "tie", "adjudicated"):
        return []
    table = tables["labels"].append_column("single", pc.equal(tables["labels"]["n"], 1))
    grouped = group_sizes(table, *_QUESTION, "hard")
    flags = table.group_by(list(_QUESTION), use_threads=False)
    sums = flags.aggregate([(name, "sum") for name in _FLAGS]).to_pylist()
    by_question = {_key(row): row for row in sums}
    return [
        {
            **dict(zip(_QUESTION, key, strict=True)),
            **_values(list(rows)),
            **{word: by_question[key][f"{name}_sum"] for name, word in _FLAGS.items()},
        }
        for key, rows in groupby(grouped, _key)
    ]


def _key(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in _QUESTION)


def _values(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Values by frequency; a number that takes very many values is told by how many it takes."""
    values = {row["hard"]: row["rows"] for row in rows if row["hard"] is not None}
    counts = {"units": sum(row["rows"] for row in rows), "distinct": len(values)}
    return {**counts, "values": values if len(values) <= _MANY else {}}


def annotations(tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """Annotations by status and origin, reasons of rejection, and how the merged ones are spread."""
    if not has(tables, "annotations", "status", "origin", "annotator_id", "unit_id"):
        return {}
    table = tables["annotations"]
    merged = table.filter(pc.equal(table["status"], "merged"))
    by_annotator = sizes_by(merged, "annotator_id")
    return {
        "statuses": frequencies(table["status"]),
        "origins": frequencies(table["origin"]),
        "rejections": frequencies(tables["rejects"]["reason"]) if has(tables, "rejects", "reason") else {},
        "annotators": len(by_annotator),
        "of_an_annotator": quantiles(by_annotator),
        "share_of_busiest": share(max(by_annotator, default=0), by_annotator.sum()),
        "annotators_of_a_unit": _annotators_of_a_unit(merged),
    }


def _annotators_of_a_unit(merged: pa.Table) -> dict[str, int]:
    """How many units have one annotator, two, and so on."""
    counts = merged.group_by("unit_id", use_threads=False).aggregate([("annotator_id", "count_distinct")])
    numbers, units = np.unique(counts["annotator_id_count_distinct"].to_numpy(), return_counts=True)
    return {str(number): int(many) for number, many in zip(numbers, units, strict=True)}


def periods(tables: Mapping[str, pa.Table]) -> list[str]:
    """The first and the last day of annotation; nothing where the tier does not tell."""
    if not has(tables, "annotations", "created_at"):
        return []
    found = pc.min_max(tables["annotations"]["created_at"]).as_py()
    days = (found["min"], found["max"])
    return [day.strftime("%Y-%m-%d") for day in days if day is not None]


def configs(tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
    """The labelling configs that tasks were made with, each content of one by itself, and their tasks."""
    if not has(tables, "tasks", "config", "config_sha256"):
        return []
    return group_sizes(tables["tasks"], "config", "config_sha256")
