"""What the benchmarks of builds and of scale compute is what they say."""

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from benchmarks.account import Cost
from benchmarks.cost_model import CORES, Corpus, Forecast, Model, forecast, model
from benchmarks.fixed_rules import captures_below, parse
from benchmarks.floor import content_of, prepare, run
from benchmarks.growth import Size, added
from benchmarks.scheduler_load import Load, Repeated, Trial, idle
from benchmarks.scheduler_load import run as run_trial
from builder.core.captures import find_captures
from builder.run.corpus.executor import serial
from builder.run.corpus.kept import kept_beside
from builder.run.corpus.pipeline import Build, build
from builder.run.corpus.shard import ShardWork
from builder.run.corpus.work import Done, Workplace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the accounting reads Linux's process table")
TEXT = "A headline\n\nA paragraph of an article.\n\n\nAnn\n\nA comment.\n\n\nAnother one.\n"
MODEL = Model(
    shards=90e-6,
    builder=30e-6,
    memory=1_000,
    tables=4_000,
    kept=14_000,
    task=0.005,
    of_a_shard=1_000,
    size=5_000,
)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Five captures of one source."""
    folder = tmp_path / "raw" / "paper"
    folder.mkdir(parents=True)
    for number in range(5):
        (folder / f"{number}.txt").write_text(
            TEXT.replace("headline", f"headline {number}"), encoding="utf-8"
        )
    return tmp_path / "raw"


def size(captures: int) -> Size:
    """A size whose every capture takes the same, after a second of start-up and 50 MB."""
    cost = Cost(wall=1 + captures * 1e-4, cpu=1 + captures * 1e-4, memory=50 + captures * 1e-3, processes=1)
    return Size(
        captures,
        {1: [cost], 2: [cost]},
        captures * 6e-5,
        captures // 1_000,
        captures * 5_000,
        captures * 4_000,
        0,
    )


def test_the_floor_writes_the_rows_of_the_builder(raw: Path, tmp_path: Path) -> None:
    """What the floor writes has the builder's rows and columns, and the lean one some of its columns."""
    tables, ready, out = (tmp_path / name for name in ("tables", "ready", "out"))
    build(Build(raw, tables, ShardWork))
    prepare(tables, ready)
    run(raw, ready, out)
    run(raw, ready / "lean", out / "lean")
    assert {file.name for file in out.glob("*.parquet")} == {file.name for file in tables.glob("*.parquet")}
    for file in out.glob("*.parquet"):
        assert pq.read_table(file).to_pylist() == pq.read_table(tables / file.name).to_pylist()
    assert pq.read_schema(out / "lean" / "comments.parquet").names == ["article_id", "author_name", "text"]


def test_the_floor_reads_files_of_any_size(tmp_path: Path) -> None:
    """The floor reads a file to its end, whether that comes with the first read or not."""
    for length in (0, 10, 1 << 16, (1 << 16) + 1, 200_000):
        file = tmp_path / str(length)
        file.write_bytes(b"x" * length)
        assert len(content_of(str(file))) == length


def test_baselines_find_what_is_there(raw: Path) -> None:
    """All baselines share a parse that finds the article and the comments of a plain capture."""
    (first, *_) = captures_below(raw)
    article, comments = parse(first.read_text(encoding="utf-8"), first.stem)
    assert (article["headline"], article["n_comments"]) == ("A headline 0", 2)
    assert [(one["author"], one["body"]) for one in comments] == [
        ("Ann", "A comment."),
        (None, "Another one."),
    ]


def test_what_a_capture_adds_is_free_of_start_up() -> None:
    """What a capture takes comes from the two largest sizes, and start-up is no part of it."""
    sizes = [size(1_000), size(200_000), size(50_000)]
    assert added(sizes, lambda one: one.middle(1, lambda cost: cost.cpu)) == pytest.approx(1e-4)
    found = model(sizes, Load(Trial("", 100, 0, 1, real=True), 1, 0.5, 0.1, 40, 60, 1_000))
    assert (found.shards, found.builder, found.task) == pytest.approx((6e-5, 4e-5, 0.005))
    assert (found.memory, found.of_a_shard) == pytest.approx((1_000, 1_000))


@pytest.mark.parametrize(
    ("captures", "model", "first"),
    [
        (1e6, MODEL, "writing the tables"),
        (1e9, MODEL, "memory of the builder"),
        (1e6, Model(90e-6, 1e-9, 1, 1, 1, 0.005, 1_000, 5_000), "the scheduler"),
        (1e6, Model(90e-6, 1e-9, 1, 1, 1, 1e-9, 1_000, 5_000), "workers"),
    ],
)
def test_what_binds_first_is_named(captures: float, model: Model, first: str) -> None:
    """A forecast names what has no room left first, and its hours are those that this takes."""
    found: Forecast = forecast(model, Corpus("", captures, 5_000))
    assert found.first == first
    assert found.hours * 3600 == pytest.approx(max(found.shards / CORES, found.builder, found.scheduler))


def test_a_trial_has_the_shape_of_a_build(raw: Path, tmp_path: Path) -> None:
    """Each shard is one job of its own, and sums come after them as a tree down to what is read at once."""
    jobs = Repeated(find_captures(raw).captures, 100)
    place = Workplace(ShardWork(), "", raw, kept_beside(tmp_path / "tables", 0))
    told: list[None] = []
    with serial(place, 100) as team:
        run_trial(team, partial(idle, place, 0.0), jobs, lambda: told.append(None))
    assert len(told) == len({job.listing for job in jobs}) == 100
    assert {job.shard for job in jobs} == {find_captures(raw).captures}


def test_sums_are_a_tree() -> None:
    """Files of names are summed some at a time, until so few are left as are read at once."""
    groups: list[int] = []

    def team(function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
        groups.append(len(items))
        return map(function, items)

    run_trial(team, lambda job: Done(job.listing, parsed=True, worker="", spent={}), Repeated((), 3_000), str)
    assert groups == [3_000, 94, 3]
