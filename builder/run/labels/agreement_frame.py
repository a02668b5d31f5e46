"""Agreement as a pandas frame, for people who work in Python."""

from collections.abc import Collection
from dataclasses import fields
from pathlib import Path

import pandas as pd

from builder.labels.agreement import PairMeasures, Subject
from builder.labels.measures import Measures
from builder.run.annotation.merge_record import dataset_of
from builder.run.labels.agreement import find_agreement

_TYPES = {"int": "Int64", "float": "Float64"}
_TEXT = "string[pyarrow]"


def agreement_frame(tables: Path, by: Collection[str], rounds: Collection[str]) -> pd.DataFrame:
    """As ``find_agreement``, for a folder of tables: its rows as a frame, of pairs where ``by`` names them."""
    found = find_agreement(dataset_of(tables), by, rounds)
    rows, kind = (found.pairs, PairMeasures) if "pair" in by else (found.questions, Measures)
    apart = [name for name in ("source", "round") if name in by]
    types = dict.fromkeys(apart, _TEXT) | {
        one.name: _type(one.type) for of in (Subject, kind) for one in fields(of)
    }
    return pd.DataFrame([one.row() for one in rows], columns=list(types)).astype(types)


def _type(of: object) -> str:
    """The type of a column for a field that is a whole number, a fraction or a text, or None."""
    return _TYPES.get(getattr(of, "__name__", str(of).partition(" ")[0]), _TEXT)
