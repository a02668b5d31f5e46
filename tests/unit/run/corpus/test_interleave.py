"""Parts whose rows lie among each other come out in one order, whatever the ranges."""

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.core.ids import article_id
from builder.core.tablefile import write_parts
from builder.run.corpus.interleave import interleaved
from builder.run.corpus.kept import Kept
from builder.run.corpus.work import ROWS
from builder.tables.copies.keys import SCHEMA
from builder.tables.parts import KEYS

PARTS = st.lists(st.sets(st.integers(0, 200), max_size=30), min_size=1, max_size=5)


def part(ids: list[str]) -> pa.Table:
    """Two rows for each of these articles but the first, which has none."""
    rows = [(one, place) for one in ids[1:] for place in (0, 1)]
    return pa.table(
        {
            "article_id": pa.array([one for one, _ in rows], pa.string()),
            "place": [place for _, place in rows],
        },
        schema=pa.schema({"article_id": pa.string(), "place": pa.int64()}),
    )


def keys_of(table: pa.Table) -> pa.Table:
    """Two keys for every row, which tell it."""
    rows = [row for row in range(table.num_rows) for _ in (0, 1)]
    told = [int(table["article_id"][row].as_py()[1:9], 16) * 10 + table["place"][row].as_py() for row in rows]
    return pa.table({"row": rows, "key": told, "kind": [0, 2] * table.num_rows}, schema=SCHEMA)


@given(parts=PARTS, at_once=st.sampled_from([200, 1_000, 100_000]))
def test_rows_are_in_the_order_of_their_articles(
    tmp_path_factory: pytest.TempPathFactory, parts: list[set[int]], at_once: int
) -> None:
    """All rows come by ascending article id, those of an article as they were, and each keeps its keys."""
    kept = Kept(Path(tmp_path_factory.mktemp("parts")), 0)
    seen: set[int] = set()
    wanted = []
    for key, numbers in enumerate(parts):
        table = part(sorted(article_id(f"p/{number}") for number in numbers - seen))
        write_parts(kept.rows(str(key)), [keys_of(table) if name in KEYS else table for name in ROWS])
        seen |= numbers
        wanted += table.to_pylist()
    made = list(interleaved(kept, [str(key) for key in range(len(parts))], at_once))
    for name in set(ROWS) - set(KEYS):
        rows = [row for each in made for row in getattr(each, name).to_pylist()]
        assert rows == sorted(wanted, key=lambda row: (row["article_id"], row["place"]))
    for name, owner in KEYS.items():
        for each in made:
            assert getattr(each, name).equals(keys_of(getattr(each, owner)))
