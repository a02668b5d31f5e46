"""Hashes of rows and tables that do not depend on how the file was written.

A row is one line of canonical JSON: names sorted, no spaces, nothing but what JSON demands escaped, fractions as
Python's ``repr`` has them, times as RFC 3339 in UTC with Z. A table's content hash is the SHA-256 of these lines,
each with its line end, in the order of the key. So any language can compute it again.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts import instants
from builder.contracts.catalogue import Table
from builder.tables.check_keys import rising

_STEP = 10_000
"""Rows whose lines are made at once."""


def content_hash(table: pa.Table, contract: Table) -> str:
    """The SHA-256 of all rows in the order of the key, in hexadecimal."""
    digest = sha256()
    for lines in _steps(in_key_order(table, contract), sorted(table.column_names)):
        digest.update(_bytes_of(lines).data)
    return digest.hexdigest()


def row_hashes(table: pa.Table, columns: Sequence[str]) -> list[str]:
    """The SHA-256 of each row, of which only these columns count, in hexadecimal."""
    return [sha256(line[:-1].encode()).hexdigest() for line in canonical_lines(table, columns)]


def canonical_lines(table: pa.Table, columns: Sequence[str]) -> Iterator[str]:
    """Each row as a line of canonical JSON with its line end."""
    for lines in _steps(table, sorted(columns)):
        yield from lines.to_pylist()


def in_key_order(table: pa.Table, contract: Table) -> pa.Table:
    """The rows sorted by the columns of the key, texts by code point."""
    if rising(table, contract.key).all():
        return table
    return table.take(pc.sort_indices(table, sort_keys=[(name, "ascending") for name in contract.key]))


def _steps(table: pa.Table, names: Sequence[str]) -> Iterator[pa.Array]:
    for first in range(0, table.num_rows, _STEP):
        yield _lines(table.slice(first, _STEP), names)


def _lines(table: pa.Table, names: Sequence[str]) -> pa.Array:
    """The lines of some rows; what stands between two values is one piece."""
    pieces: list[pa.Array | str] = []
    before = "{"
    for name in names:
        values = table[name].combine_chunks()
        quotes = '"' if pa.types.is_string(values.type) and not values.null_count else ""
        pieces += [f"{before}{json.dumps(name)}:{quotes}", _written(values, quoted=not quotes)]
        before = f"{quotes},"
    pieces.append(f"{before[:-1]}}}\n")
    return pc.binary_join_element_wise(*pieces, "")


def _written(values: pa.Array, *, quoted: bool) -> pa.Array:
    """Each value as JSON, null among them; strings without their quotes unless ``quoted``."""
    if pa.types.is_string(values.type):
        escaped = _escaped(values)
        whole = pc.binary_join_element_wise('"', escaped, '"', "") if quoted else escaped
    elif pa.types.is_timestamp(values.type):
        whole = _each(values.view(pa.int64()), lambda found: [f'"{instants.text(one)}"' for one in found])
    elif pa.types.is_floating(values.type):
        whole = _fractions(values)
    else:
        whole = values.cast(pa.string())
    return pc.fill_null(whole, "null")


def _fractions(values: pa.Array) -> pa.Array:
    """By their bits, as 0.0 equals -0.0 and is written otherwise."""
    bits = pa.int32() if values.type == pa.float32() else pa.int64()
    return _each(values.view(bits), lambda found: _as_json(pa.array(found, bits).view(values.type)))


def _as_json(numbers: pa.Array) -> list[str]:
    return [json.dumps(number) for number in numbers.to_pylist()]


def _each(values: pa.Array, write: Callable[[list[Any]], list[str]]) -> pa.Array:
    """What ``write`` makes of each different value."""
    known = values.dictionary_encode()
    return pa.array(write(known.dictionary.to_pylist()), pa.string()).take(known.indices)


def _escaped(values: pa.Array) -> pa.Array:
    for character in _to_escape(values):
        values = pc.replace_substring(values, character, json.dumps(character)[1:-1])
    return values


def _to_escape(values: pa.Array) -> list[str]:
    """The characters of some strings that JSON escapes, the backslash first, since it escapes the others."""
    data = _bytes_of(values)
    odd = np.unique(data[(data < 32) | (data == 34) | (data == 92)])
    return sorted(map(chr, odd.tolist()), key=lambda character: character != "\\")


def _bytes_of(values: pa.Array) -> npt.NDArray[np.uint8]:
    _, offsets, data = values.buffers()
    if data is None:
        return np.empty(0, np.uint8)
    ends = np.frombuffer(offsets, np.int32)[values.offset : values.offset + len(values) + 1]
    return np.frombuffer(data, np.uint8)[ends[0] : ends[-1]]
