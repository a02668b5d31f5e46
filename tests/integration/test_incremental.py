"""A build does again only what belongs to captures that came, changed or went, and ends in the bytes of a full one."""

import json
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from signal import SIGKILL

import pytest

from builder.core import captures as finding
from builder.run.corpus import recipe
from builder.run.corpus.executor import Executor, processes, serial
from builder.run.corpus.pipeline import Build, build
from builder.run.corpus.plan import Bounds
from builder.run.corpus.report import BuildReport, Redone
from builder.run.corpus.shard import ShardWork
from tests.integration.command import built, call, captures, contents, thread

MOST = 8
WORK = ShardWork(("en",), near_copies=True)
META = '{"url": "https://paper.example/1", "source": "paper"}'
# Kills the process after so many shards have been stamped.
DIE = """
import os
from builder.run.corpus.kept import Kept
stamp, stamped = Kept.put_stamp, []
def dying(*words):
    stamp(*words)
    stamped.append(words)
    if len(stamped) == {after}:
        os.kill(os.getpid(), 9)
Kept.put_stamp = dying
"""


class Dataset:
    """Sixty captures with their tables."""

    def __init__(self, folder: Path) -> None:
        self.raw = captures(folder / "raw", 60)
        self.folder = folder
        self.weights = "0"
        self.bounds = Bounds(files=MOST)
        first = self.build()
        self.shards = first.redone.shards
        assert first.redone == Redone(self.shards, self.shards, self.shards, 60, 60)

    def build(self, out: str = "tables", execute: Executor = serial, **how: bool) -> BuildReport:
        """Build the tables."""
        order = Build(self.raw, self.folder / out, lambda: WORK, self.weights, self.bounds, **how)
        return build(order, execute)

    def check_full(self) -> None:
        """The tables are what a build makes of the captures that knows nothing of earlier ones."""
        self.build("full", fresh=True)
        assert contents(self.folder / "tables") == contents(self.folder / "full")

    def capture(self, number: int) -> Path:
        """The file of a capture."""
        return self.raw / f"paper/{number}.txt"


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """A dataset that has just been built."""
    return Dataset(tmp_path)


def test_nothing_changed(dataset: Dataset) -> None:
    """A build that finds nothing changed reads no settled capture, parses none, and leaves the tables alone."""
    before = (dataset.folder / "tables").stat().st_ino
    assert dataset.build().redone == Redone(dataset.shards, written=False)
    assert (dataset.folder / "tables").stat().st_ino == before
    dataset.check_full()


def rewrite(dataset: Dataset) -> None:
    """Change a capture so that neither its size nor the time of its content tells."""
    file = dataset.capture(7)
    status = file.stat()
    file.write_bytes(file.read_bytes().replace(b"harbour", b"HARBOUR"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


CHANGES: dict[str, Callable[[Dataset], object]] = {
    "added": lambda dataset: dataset.capture(60).write_text(thread(60), encoding="utf-8"),
    "changed": lambda dataset: dataset.capture(7).write_text(thread(61), encoding="utf-8"),
    "changed in secret": rewrite,
    "removed": lambda dataset: dataset.capture(7).unlink(),
    "side file added": lambda dataset: (dataset.raw / "paper/7.meta.json").write_text(META, encoding="utf-8"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_one_capture_is_one_shard(dataset: Dataset, change: str) -> None:
    """One capture added, changed or removed, or its side file: its shard is done again, or the two it becomes."""
    CHANGES[change](dataset)
    redone = dataset.build().redone
    assert 0 < redone.shards_parsed <= 2
    assert redone.captures_parsed <= MOST + 1
    assert redone.shards_read == redone.shards_parsed
    dataset.check_full()
    assert dataset.build().redone == Redone(redone.shards, written=False)


def test_a_renamed_capture_is_one_gone_and_one_new(dataset: Dataset) -> None:
    """Where a file gets another name, its old shard and its new one are done again."""
    dataset.capture(7).rename(dataset.capture(70))
    assert dataset.build().redone.captures_parsed <= 2 * MOST + 1
    dataset.check_full()


@pytest.mark.parametrize("touched", [[7], range(60)])
def test_captures_that_were_only_touched_are_read(dataset: Dataset, touched: Sequence[int]) -> None:
    """Touched files are read again, and as their content is the same, nothing is parsed and no table written."""
    before = (dataset.folder / "tables").stat().st_ino
    for number in touched:
        dataset.capture(number).touch()
    redone = dataset.build().redone
    assert redone.shards_read == (1 if len(touched) == 1 else dataset.shards)
    assert (redone.shards_parsed, redone.written) == (0, False)
    assert (dataset.folder / "tables").stat().st_ino == before
    dataset.check_full()


def test_a_change_among_touched_captures_is_found(dataset: Dataset) -> None:
    """Where all captures were touched and one changed, all tables are written; where one went, too."""
    for change in ("changed", "removed"):
        for file in dataset.raw.rglob("*.txt"):
            file.touch()
        CHANGES[change](dataset)
        redone = dataset.build().redone
        assert (redone.shards_parsed, redone.written) == (1, True)
        dataset.check_full()


@pytest.mark.parametrize("what", ["weights", "code"])
def test_another_parser_is_everything_anew(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """With new weights or other code every shard is done again, and what the old ones made is swept away."""
    if what == "weights":
        dataset.weights = "1"
    else:
        monkeypatch.setattr(recipe, "code_sha256", lambda: "other")
    size = len(list((dataset.folder / ".tables.parts").iterdir()))
    assert dataset.build().redone == Redone(dataset.shards, dataset.shards, dataset.shards, 60, 60)
    assert len(list((dataset.folder / ".tables.parts").iterdir())) == size
    dataset.check_full()


def test_the_content_decides_where_times_do_not(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change at the very time of the last build, of the same size, is found all the same."""
    now = time.time_ns()
    monkeypatch.setattr(finding, "last_change", lambda _status: now)
    dataset.build()
    rewrite(dataset)
    assert dataset.build().redone.shards_parsed == 1
    dataset.check_full()


def test_tables_that_somebody_changed_are_written_again(dataset: Dataset) -> None:
    """When a table is not what the last build left, it is put together again from what is kept."""
    (dataset.folder / "tables/comments.parquet").write_bytes(b"mine")
    redone = dataset.build().redone
    assert (redone.shards_read, redone.written) == (0, True)
    dataset.check_full()


def test_parts_that_somebody_spoilt_are_made_again(dataset: Dataset) -> None:
    """Where a kept part is cut off, gone, or changed somewhere inside, its shard is done again."""
    first, second, third, *_ = sorted((dataset.folder / ".tables.parts").glob("*.rows"))
    first.write_bytes(first.read_bytes()[:-100])
    second.unlink()
    third.write_bytes(third.read_bytes().replace(b"harbour", b"HARBOUR"))
    (dataset.folder / "tables/build.json").touch()
    assert dataset.build().redone.shards_parsed == 3
    dataset.check_full()


@pytest.mark.parametrize("told", [{}, 5, {"errors": 5, "rows": {}}])
def test_a_receipt_that_somebody_spoilt_is_none(dataset: Dataset, told: object) -> None:
    """Where what the last build told cannot be told again, the tables are put together again and it is."""
    receipt = dataset.folder / ".tables.parts/receipt.json"
    said = json.loads(receipt.read_text(encoding="utf-8"))
    receipt.write_text(json.dumps({**said, "told": told}), encoding="utf-8")
    assert (dataset.build().redone.written, dataset.build().redone.written) == (True, False)
    dataset.check_full()


def test_fresh_takes_nothing(dataset: Dataset) -> None:
    """Asked to be fresh, a build does everything, whatever is kept."""
    assert dataset.build(fresh=True).redone.shards_parsed == dataset.shards


def test_no_more_is_kept_than_the_settings_allow(dataset: Dataset) -> None:
    """Parts beyond the bound go as soon as they are written; unchanged tables stand all the same."""
    parts = dataset.folder / ".full.parts"
    order = Build(dataset.raw, dataset.folder / "full", lambda: WORK, "0", dataset.bounds)
    for most, left in ((0, 0), (100_000, 2)):
        build(Build(order.raw, order.tables, order.load, "0", order.bounds, keep=most, fresh=True))
        kept = [file.stat().st_size for file in parts.glob("*.rows")]
        assert sum(kept) <= most
        assert len(kept) >= left
        for touched in (False, True):
            if touched:
                (dataset.capture(7)).touch()
            again = build(Build(order.raw, order.tables, order.load, "0", order.bounds, keep=most))
            assert not again.redone.written
            assert sum(file.stat().st_size for file in parts.glob("*.rows")) <= most
    assert contents(order.tables) == contents(dataset.folder / "tables")


@pytest.mark.parametrize("execute", [serial, processes(2)])
def test_any_executor_goes_on_from_what_another_left(dataset: Dataset, execute: Executor) -> None:
    """What one executor made the other takes, with sums of names over many shards."""
    dataset.bounds = Bounds(files=1)
    assert dataset.build(execute=execute).redone.shards_parsed == 60
    CHANGES["changed"](dataset)
    assert dataset.build().redone.captures_parsed == 1
    dataset.check_full()


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A dataset of seven captures, each large enough for a shard of its own."""
    (tmp_path / "data/raw/paper").mkdir(parents=True)
    for number in range(7):
        text = "".join(thread(number, 8) for _ in range(3_600))
        (tmp_path / f"data/raw/paper/{number}.txt").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("after", [1, 5])
def test_a_killed_build_goes_on(large: Path, after: int) -> None:
    """Killed in the middle, a build is gone on with by the next, which does what was not finished."""
    killed = subprocess.run(
        call("build", "--executor", "serial", before=DIE.format(after=after)), cwd=large, check=False
    )
    assert killed.returncode == -SIGKILL
    again = built("--executor", "serial", cwd=large)
    assert (again["redone"]["shards"], again["redone"]["shards_parsed"]) == (7, 7 - after)
    assert built("--fresh", "--out", "data/full", cwd=large)["redone"]["shards_parsed"] == 7
    assert contents(large / "data/tables") == contents(large / "data/full")


def test_a_profile_says_where_the_time_went(large: Path) -> None:
    """The profile has every stage of the builder and of each worker, with seconds that are no more than there were."""
    done = built("--workers", "2", "--profile", "profile.json", cwd=large)
    profile = json.loads((large / "profile.json").read_text(encoding="utf-8"))
    stages = {(row["worker"] == "builder", row["stage"]) for row in profile["stages"]}
    assert {(True, "find captures"), (True, "write tables"), (False, "read"), (False, "parse")} <= stages
    assert len({row["worker"] for row in profile["stages"]}) == 3
    assert sum(row["times"] for row in profile["stages"] if row["stage"] == "parse") == 7
    mine = [row["wall"] for row in profile["stages"] if row["worker"] == "builder"]
    assert 0 < sum(mine) <= profile["seconds"] == pytest.approx(done["seconds"], abs=0.001)
