"""The hash of a table is that of its rows as any JSON library writes them."""

import json
import random
from hashlib import sha256
from operator import itemgetter

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.contracts import catalogue, instants, strategies
from builder.contracts.rows import record
from builder.release.hashing import canonical_lines, content_hash, row_hashes
from builder.release.tiers import release_schema

TABLES = pytest.mark.parametrize("name", ["segments", "answers", "annotators", "splits"])


def plain_lines(table: pa.Table) -> list[str]:
    """The rows by the standard library alone."""
    rows = (record(table, row) for row in range(table.num_rows))
    return [json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":")) for row in rows]


@TABLES
@settings(max_examples=20)
@given(st.data())
def test_rows_are_written_as_json_libraries_do(name: str, data: st.DataObject) -> None:
    """Every row is the line that the standard library writes, and is hashed as that."""
    table = data.draw(strategies.any_tables(catalogue.table(name)))
    lines = plain_lines(table)
    assert [line.removesuffix("\n") for line in canonical_lines(table, table.column_names)] == lines
    assert row_hashes(table, table.column_names) == [sha256(line.encode()).hexdigest() for line in lines]


@TABLES
@settings(max_examples=10)
@given(st.data())
def test_the_order_of_rows_does_not_matter(name: str, data: st.DataObject) -> None:
    """A table whose rows come in another order and in pieces has the same content hash."""
    contract = catalogue.table_of(release_schema(name, "private"))
    rows = data.draw(st.lists(strategies.rows(contract), max_size=4, unique_by=itemgetter(*contract.key)))
    shuffled = random.Random(1).sample(rows, len(rows))
    pieces = [strategies.as_table(contract, [row]) for row in shuffled]
    mixed = pa.concat_tables([strategies.as_table(contract, []), *pieces])
    assert content_hash(mixed, contract) == content_hash(strategies.as_table(contract, rows), contract)


def test_times_are_told_to_the_microsecond() -> None:
    """A time that the calendar cannot hold does not stop the hash."""
    values = pa.table({"at": pa.array([0, 1, instants.LAST + 1, None], pa.timestamp("us", tz="UTC"))})
    assert list(canonical_lines(values, ["at"])) == [
        '{"at":"1970-01-01T00:00:00Z"}\n',
        '{"at":"1970-01-01T00:00:00.000001Z"}\n',
        f'{{"at":"{instants.text(instants.LAST + 1)}"}}\n',
        '{"at":null}\n',
    ]
