"""Hypothesis strategies for rows and tables of a schema: those it accepts, and those it must refuse."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from builder.contracts import instants
from builder.contracts.arrow import arrow_type, schema_of
from builder.contracts.catalogue import Column, Table

_INTEGERS = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
_REALS: Mapping[str, type[np.float32 | np.float64]] = {"float32": np.float32, "float64": np.float64}
_ODD = st.sampled_from(["\n", "\r", " ", "\x00", "\u2028", "é", "٣", "𝟘", "A", "/"])
_CHARACTERS = st.characters(codec="utf-8")


def rows(table: Table) -> st.SearchStrategy[Mapping[str, Any]]:
    """Single rows that the schema accepts, as Arrow takes them: times are microseconds since 1970."""
    return st.fixed_dictionaries({column.name: valid_values(column) for column in table.columns})


def valid_tables(table: Table, max_rows: int = 5) -> st.SearchStrategy[pa.Table]:
    """Tables of rows that the schema accepts one by one; keys may repeat and references may lead nowhere."""
    return st.lists(rows(table), max_size=max_rows).map(lambda drawn: as_table(table, drawn))


def any_tables(table: Table, max_rows: int = 5) -> st.SearchStrategy[pa.Table]:
    """Tables of the right columns and types, in one chunk or two, most of whose rows hold something odd."""
    chunk = st.lists(_odd_rows(table), max_size=max_rows).map(lambda drawn: as_table(table, drawn))
    return st.lists(chunk, min_size=1, max_size=2).map(pa.concat_tables)


@st.composite
def broken_tables(draw: st.DrawFn, table: Table) -> tuple[pa.Table, int, str]:
    """A table with one broken cell, and the row and the column of that cell."""
    drawn = [dict(row) for row in draw(st.lists(rows(table), min_size=1, max_size=4))]
    row = draw(st.integers(0, len(drawn) - 1))
    column = draw(st.sampled_from([column for column in table.columns if _breakings(column)]))
    drawn[row][column.name] = draw(st.one_of(_breakings(column)))
    return as_table(table, drawn), row, column.name


def as_table(table: Table, drawn: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as a table of the exact types; nulls stay wherever they were drawn."""
    arrays = [pa.array([row[c.name] for row in drawn], type=arrow_type(c.arrow)) for c in table.columns]
    return pa.Table.from_arrays(arrays, schema=schema_of(table))


def valid_values(column: Column) -> st.SearchStrategy[Any]:
    """Values of one cell that the schema accepts."""
    return st.none() | _valid(column) if column.nullable else _valid(column)


def any_values(column: Column) -> st.SearchStrategy[Any]:
    """Values of one cell that its Arrow type can hold; many are just inside or just outside a bound."""
    return st.one_of(st.none(), _valid(column), _nearly(column), _held(column))


@st.composite
def _odd_rows(draw: st.DrawFn, table: Table) -> Mapping[str, Any]:
    """A valid row, up to three of whose cells hold anything that their types can hold."""
    row = dict(draw(rows(table)))
    for column in draw(st.lists(st.sampled_from(table.columns), max_size=3)):
        row[column.name] = draw(any_values(column))
    return row


def _valid(column: Column) -> st.SearchStrategy[Any]:
    if column.enum:
        return st.sampled_from(column.enum)
    if column.arrow in _INTEGERS:
        lowest, highest = _INTEGERS[column.arrow]
        return st.integers(_or(column.minimum, lowest), _or(column.maximum, highest))
    if column.arrow == "bool":
        return st.booleans()
    if column.arrow in _REALS:
        drawn = st.floats(column.minimum, column.maximum, allow_nan=False, allow_infinity=False)
        held = drawn.map(lambda value: _nearest(column, value))
        return held.filter(lambda value: math.isfinite(value) and _in_bounds(column, value))
    if column.arrow.startswith("timestamp"):
        return st.integers(instants.FIRST, instants.LAST)
    return _texts(column)


def _texts(column: Column) -> st.SearchStrategy[str]:
    least, most = column.min_length or 0, column.max_length
    if column.pattern is None:
        return st.text(_CHARACTERS, min_size=least, max_size=most)
    matching = st.from_regex(column.pattern[1:-1], fullmatch=True, alphabet=_CHARACTERS)
    return matching.filter(lambda text: least <= len(text) <= (len(text) if most is None else most))


def _nearly(column: Column) -> st.SearchStrategy[Any]:
    """Valid values with one thing changed, and values on either side of each bound."""
    if column.arrow == "string":
        return st.builds(_spoilt, _valid(column), st.integers(0, 99), _ODD, st.integers(0, 2))
    if column.arrow == "bool":
        return st.booleans()
    bounds = [bound for bound in (column.minimum, column.maximum) if bound is not None]
    if column.arrow in _REALS:
        real = _REALS[column.arrow]
        near = [float(np.nextafter(real(bound), real(way))) for bound in bounds for way in (-9e9, 9e9)]
        at = [_nearest(column, bound) for bound in bounds]
        return st.sampled_from([*near, *at, -0.0, math.nan, math.inf, -math.inf])
    if column.arrow.startswith("timestamp"):
        bounds = [instants.FIRST, instants.LAST]
    return st.sampled_from([*(int(bound) + step for bound in bounds for step in (-1, 0, 1)), 0])


def _held(column: Column) -> st.SearchStrategy[Any]:
    """Anything that the Arrow type can hold."""
    if column.arrow == "string":
        return st.text(_CHARACTERS) | st.sampled_from(["", "\n", "x" * 1000])
    if column.arrow == "bool":
        return st.booleans()
    if column.arrow in _REALS:
        return st.floats(width=32 if column.arrow == "float32" else 64)
    return st.integers(*_INTEGERS.get(column.arrow, _INTEGERS["int64"]))


def _breakings(column: Column) -> list[st.SearchStrategy[Any]]:
    """The ways in which a value of the column's type can break its schema."""
    values: list[Any] = [] if column.nullable else [None]
    if column.arrow == "string":
        values += _broken_texts(column)
    elif column.arrow in _REALS:
        values += [math.nan, math.inf, -math.inf]
    elif column.arrow.startswith("timestamp"):
        values += [instants.FIRST - 1, instants.LAST + 1, 2**63 - 1]
    if column.minimum is not None:
        values.append(column.minimum - 1)
    if column.maximum is not None:
        values.append(column.maximum + 1)
    return [st.sampled_from(values)] if values else []


def _broken_texts(column: Column) -> list[str]:
    values = [f"{value}\n" for value in column.enum]
    if column.pattern:
        values += ["", "\n", " "]
    if column.min_length:
        values.append("x" * (column.min_length - 1))
    if column.max_length is not None:
        values.append("é" * (column.max_length + 1))
    return values


def _spoilt(text: str, place: int, odd: str, way: int) -> str:
    """A text with an odd character put in, put in the place of another, or put at the end."""
    at = place % (len(text) + 1)
    return (text[:at] + odd + text[at:], text[:at] + odd + text[at + 1 :], text + odd)[way]


def _nearest(column: Column, value: float) -> float:
    """The nearest number that the column's type holds; infinite where there is none."""
    with np.errstate(over="ignore"):
        return float(_REALS[column.arrow](value))


def _in_bounds(column: Column, value: float) -> bool:
    return _or_float(column.minimum, -math.inf) <= value <= _or_float(column.maximum, math.inf)


def _or(bound: float | None, otherwise: int) -> int:
    return otherwise if bound is None else int(bound)


def _or_float(bound: float | None, otherwise: float) -> float:
    return otherwise if bound is None else bound
