"""Verdicts and agreed spans as rows of the tables of labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from builder.contracts.arrow import arrow_schema
from builder.labels.agreed_spans import AgreedSpans
from builder.labels.arrays import Bools, Floats, Ints
from builder.labels.marks import Marks
from builder.labels.verdicts import Verdicts

JOIN = "|"
"""Stands between several options in ``hard``."""
Rows = Mapping[str, pa.Table]
"""Rows of tables of labels, by the names of the tables."""


@dataclass(frozen=True, slots=True)
class About:
    """What all rows of a question have in common; ``units`` names the units by number."""

    label_set: str
    unit_type: str
    units: tuple[str, ...]
    question: str

    def table(self, name: str, unit: Ints, columns: Mapping[str, Any]) -> pa.Table:
        """Rows of a table about these units, by number; columns are of one length, or one value for all rows."""
        schema = arrow_schema(name)
        shared = {"label_set": self.label_set, "unit_type": self.unit_type, "question": self.question}
        ids = pa.array(self.units, pa.string()).take(pa.array(unit))
        given = {**shared, "unit_id": ids, **columns}
        arrays = [_array(given[field.name], field.type, len(unit)) for field in schema]
        return pa.Table.from_arrays(arrays, schema=schema)


@dataclass(frozen=True, slots=True)
class Named:
    """The names of a question's values, their numbers if they are numbers, and whether several may be chosen."""

    names: tuple[str, ...]
    numbers: Floats
    several: bool


def rows_of_verdicts(about: About, verdicts: Verdicts, named: Named, method: str) -> Rows:
    """The labels, and the shares of their options; of numbers only those that somebody gave."""
    numeric = bool(len(named.numbers))
    mean = (verdicts.counts @ named.numbers) / verdicts.n if numeric else None
    columns = {
        "hard": _hard(verdicts.hard, ~verdicts.tie, named.names),
        "mean": mean,
        "n": verdicts.n,
        "entropy": verdicts.entropy,
        "tie": verdicts.tie,
        "method": method,
        "adjudicated": False,
    }
    labels = about.table("labels", verdicts.unit, columns)
    shown = verdicts.counts > 0 if numeric else np.ones(verdicts.counts.shape, np.bool_)
    row, value = np.nonzero(shown)
    shares = {
        "option": pa.array(named.names, pa.string()).take(pa.array(value)),
        "n": verdicts.counts[row, value],
        "share": np.minimum(verdicts.shares[row, value], 1.0),
        "hard": pa.array(verdicts.hard[row, value], mask=verdicts.tie[row]),
    }
    return {
        "labels": labels,
        "label_shares": about.table("label_shares", verdicts.unit[row], shares),
        "label_spans": arrow_schema("label_spans").empty_table(),
    }


def rows_of_spans(about: About, seen: Marks, spans: AgreedSpans, least: int) -> Rows:
    """The agreed spans, and a label for each text that somebody saw; none where fewer than ``least`` did."""
    saw = np.bincount(seen.seen.unit, minlength=len(about.units))
    unit = np.flatnonzero(saw)
    held = np.zeros((len(about.units), len(seen.labels)), np.bool_)
    held[spans.unit, spans.label] = True
    columns = {
        "hard": _hard(held[unit], saw[unit] >= least, seen.labels),
        "mean": None,
        "n": saw[unit],
        "entropy": None,
        "tie": False,
        "method": "characters",
        "adjudicated": False,
    }
    label = pa.array(seen.labels, pa.string()).take(pa.array(spans.label))
    agreed = {"label": label, "start": spans.start, "end": spans.end, "share": spans.share}
    return {
        "labels": about.table("labels", unit, columns),
        "label_shares": arrow_schema("label_shares").empty_table(),
        "label_spans": about.table("label_spans", spans.unit, agreed),
    }


def _hard(held: Bools, settled: Bools, names: Sequence[str]) -> pa.Array:
    """For each row the names that it holds, joined; null where nothing is settled."""
    different, place = np.unique(held, axis=0, return_inverse=True)
    said = [
        JOIN.join(name for name, holds in zip(names, row, strict=True) if holds) for row in different.tolist()
    ]
    return pa.array(said, pa.string()).take(pa.array(place.reshape(-1), mask=~settled))


def _array(values: Any, kind: pa.DataType, rows: int) -> pa.Array:  # noqa: ANN401 - a column, or one value for all
    if values is None or isinstance(values, str | bool):
        return pa.nulls(rows, kind) if values is None else pa.repeat(pa.scalar(values, kind), rows)
    return pa.array(values).cast(kind)
