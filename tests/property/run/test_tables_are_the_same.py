"""However the work is cut, the tables are the same, and a capture more changes no row of another."""

import tempfile
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.run.executor import serial
from builder.run.pipeline import Build, build
from builder.run.plan import Bounds
from tests.unit.run.standin import tables_of

LINES = st.lists(
    st.sampled_from(["Head", "Ann: yes", "ANN: yes", "bob:", "no name", "Zoë: 😀 \u202e"]), max_size=5
)
CORPORA = st.dictionaries(st.sampled_from(["p/a", "p/b", "q/a", "q/x/c", "d"]), LINES, min_size=1)


def tables(corpus: dict[str, list[str]], bounds: Bounds) -> dict[str, list[dict[str, object]]]:
    """The rows of the tables of a corpus; under the key ``bytes`` all files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in corpus.items():
            file = Path(folder, "raw", f"{name}.txt")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n".join(lines), encoding="utf-8")
        out = Path(folder, "out")
        build(Build(Path(folder, "raw"), out, tables_of, bounds=bounds), serial)
        rows = {file.stem: pq.read_table(file).to_pylist() for file in out.glob("*.parquet")}
        return rows | {"bytes": sorted((file.name, file.read_bytes()) for file in out.iterdir())}


@settings(max_examples=25)
@given(CORPORA, st.integers(1, 5), st.integers(1, 60))
def test_shards_do_not_show(corpus: dict[str, list[str]], files: int, size: int) -> None:
    """Whatever the size of the shards, the files are the same bytes."""
    assert tables(corpus, Bounds(size, files))["bytes"] == tables(corpus, Bounds())["bytes"]


@settings(max_examples=25)
@given(CORPORA, LINES)
def test_a_capture_more_changes_no_other_row(corpus: dict[str, list[str]], lines: list[str]) -> None:
    """Articles, comments, segments and issues of the other captures stay what they were."""
    before, after = tables(corpus, Bounds()), tables(corpus | {"r/new": lines}, Bounds())
    for name in ("articles", "comments", "segments", "issues"):
        assert [row for row in before[name] if row not in after[name]] == []
