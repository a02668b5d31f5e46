"""However the work is cut, the tables are the same, and a capture more changes no row of another."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.run.corpus.executor import Executor, processes, serial
from builder.run.corpus.pipeline import Build, build
from builder.run.corpus.plan import Bounds
from builder.run.corpus.shard import ShardWork

LONG = (
    "Nobody who saw the bridge that day will forget how the water stood above the road and up to the doors."
)
SHORT = ["Ann", "ANN", "Add more tanks", "It rained.", "IT RAINED", "عربي", "\U0001f600", "a\x00\x85"]
LINES = st.sampled_from(["", "", "", *SHORT, LONG, LONG.replace("day", "night")])
TEXTS = st.one_of(st.lists(LINES, max_size=25).map("\n".join), st.text(max_size=60)).map(
    lambda text: text.encode("utf-8", "surrogatepass")
)
NAMES = st.sampled_from(["p/a.txt", "p/b.txt", "q/a.txt", "q/x/c.txt", "d.txt", "r/e.txt"])
CORPORA = st.dictionaries(NAMES, TEXTS, min_size=1)
WORK = ShardWork(("en", "ar"), near_copies=True)
EVERY = ("articles", "comments", "segments", "issues", "authors")


def built(corpus: Mapping[str, bytes], folder: str, bounds: Bounds, execute: Executor = serial) -> Path:
    """The tables of a corpus whose files were written in its order."""
    for name, content in corpus.items():
        file = Path(folder, "raw", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    out = Path(folder, "out")
    build(Build(Path(folder, "raw"), out, lambda: WORK, bounds=bounds), execute)
    return out


def files(corpus: Mapping[str, bytes], bounds: Bounds) -> dict[str, bytes]:
    """The bytes of every file of the tables."""
    with tempfile.TemporaryDirectory() as folder:
        return {file.name: file.read_bytes() for file in built(corpus, folder, bounds).iterdir()}


def rows(corpus: Mapping[str, bytes]) -> dict[str, list[dict[str, object]]]:
    """The rows of every table."""
    with tempfile.TemporaryDirectory() as folder:
        out = built(corpus, folder, Bounds())
        return {name: pq.read_table(out / f"{name}.parquet").to_pylist() for name in EVERY}


@settings(max_examples=20)
@given(CORPORA, st.integers(1, 3), st.integers(1, 60))
def test_order_and_shards_do_not_show(corpus: dict[str, bytes], most_files: int, most_bytes: int) -> None:
    """Whatever the size of the shards and the order of the files, the tables are the same bytes."""
    backwards = dict(reversed(corpus.items()))
    assert files(backwards, Bounds(most_bytes, most_files)) == files(corpus, Bounds())


@settings(max_examples=20)
@given(CORPORA, TEXTS)
def test_a_capture_more_changes_no_other_row(corpus: dict[str, bytes], text: bytes) -> None:
    """Articles, comments, segments and issues of the other captures stay what they were, but for copies of it."""
    before, after = rows(corpus), rows({**corpus, "z/new.txt": text})
    for row in (*before["articles"], *before["comments"], *after["articles"], *after["comments"]):
        del row["duplicate_of"]
    for name in ("articles", "comments", "segments", "issues"):
        assert [row for row in before[name] if row not in after[name]] == []


def test_the_sample_is_the_same_bytes_whoever_works(repository: Path, tmp_path: Path) -> None:
    """The sample dataset comes out the same on one process, two and three, in shards of any size."""
    found = []
    for execute, most in ((serial, 1250), (serial, 1), (processes(2), 3), (processes(3), 7)):
        out = tmp_path / f"out-{most}"
        build(Build(repository / "data/raw", out, lambda: WORK, bounds=Bounds(files=most)), execute)
        found.append({file.name: file.read_bytes() for file in out.iterdir()})
    assert all(each == found[0] for each in found)
