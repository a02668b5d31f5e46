"""A Dask cluster builds the same bytes, and what dies of it costs only what it had not finished."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.integration.command import built, call, captures, contents, run, thread
from tests.integration.test_kill import session, wait_until

SCHEDULER = ("distributed.cli.dask_scheduler", "--port", "0", "--dashboard-address", "127.0.0.1:0")
WORKER = ("distributed.cli.dask_worker", "--no-nanny", "--nthreads", "1", "--no-dashboard")


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.file = folder / "scheduler.json"
        self._folder = folder
        self._stack = stack
        self.scheduler = self._start(*SCHEDULER)
        wait_until(self.file.exists, 60)

    def worker(self, cwd: Path | None = None) -> subprocess.Popen[bytes]:
        """One more worker."""
        return self._start(*WORKER, "--local-directory", str(self._folder / "dask"), cwd=cwd)

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        return str(json.loads(self.file.read_text(encoding="utf-8"))["address"])

    def _start(self, module: str, *words: str, cwd: Path | None = None) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", module, *words, "--host", "127.0.0.1", "--scheduler-file", self.file]
        process = subprocess.Popen(
            command, cwd=cwd or self._folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._stack.callback(end, process)
        return process


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process, if it has not ended."""
    process.kill()
    process.wait(20)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    (tmp_path / "cluster").mkdir()
    with ExitStack() as stack:
        yield Cluster(tmp_path / "cluster", stack)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of nine large captures, each a shard, and its tables, built by one process."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "data/raw/paper").mkdir(parents=True)
    for number in range(9):
        text = "".join(thread(number, 8) for _ in range(3_600))
        (folder / f"data/raw/paper/{number}.txt").write_text(text, encoding="utf-8")
    assert built("--executor", "serial", "--out", "data/wanted", cwd=folder)["redone"]["shards"] == 9
    return folder


@pytest.fixture
def dataset(corpus: Path, tmp_path: Path) -> Path:
    """The captures of the corpus, where tables are still to be built."""
    (tmp_path / "dataset/data").mkdir(parents=True)
    (tmp_path / "dataset/data/raw").symlink_to(corpus / "data/raw")
    return tmp_path / "dataset"


def stamps(dataset: Path) -> int:
    """How many shards are finished."""
    return len(list((dataset / "data/.tables.parts").glob("*.stamp")))


def tables(folder: Path) -> dict[str, bytes]:
    """The bytes of the tables, without the record, in which the path to the captures is written."""
    return {name: data for name, data in contents(folder).items() if name != "build.json"}


def building(dataset: Path, *words: str) -> subprocess.Popen[str]:
    """A build that has been started in a session of its own."""
    return subprocess.Popen(
        call("build", "--executor", "dask", *words),
        cwd=dataset,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def check_the_rest_is_done(dataset: Path, corpus: Path, finished: int) -> None:
    """One more build does what was not finished, and no more, and ends in the bytes of a full one."""
    again = built(cwd=dataset)
    assert again["redone"]["shards_parsed"] <= 9 - finished
    assert tables(dataset / "data/tables") == tables(corpus / "data/wanted")


def test_a_cluster_is_joined(cluster: Cluster, dataset: Path, corpus: Path) -> None:
    """A build joins a scheduler and two workers, both do a part, and the tables are the bytes of one process."""
    workers = [cluster.worker(), cluster.worker()]
    words = ("--executor", "dask", "--scheduler", cluster.address, "--profile", "profile.json")
    done = built(*words, cwd=dataset)
    assert done["redone"]["shards_parsed"] == 9
    assert tables(dataset / "data/tables") == tables(corpus / "data/wanted")
    profile = (dataset / "profile.json").read_text(encoding="utf-8")
    assert all(f":{worker.pid}" in profile for worker in workers)
    assert all(process.poll() is None for process in (cluster.scheduler, *workers))


def test_a_killed_worker_is_no_matter(cluster: Cluster, dataset: Path, corpus: Path) -> None:
    """When a worker is killed in the middle, the others do its part."""
    first, _ = cluster.worker(), cluster.worker()
    with building(dataset, "--scheduler", cluster.address) as builder:
        wait_until(lambda: stamps(dataset) >= 1, 60)
        first.kill()
        assert builder.wait(120) == 0
    assert tables(dataset / "data/tables") == tables(corpus / "data/wanted")


def test_a_killed_scheduler_is_told(cluster: Cluster, dataset: Path, corpus: Path) -> None:
    """When the scheduler is killed the build says so and ends, and the next goes on from what was finished."""
    cluster.worker()
    with building(dataset, "--scheduler", cluster.address) as builder:
        wait_until(lambda: stamps(dataset) >= 2, 60)
        finished = stamps(dataset)
        cluster.scheduler.kill()
        said = builder.communicate(timeout=120)[1]
    assert builder.returncode == 1
    assert said.startswith("Error: The scheduler of the cluster is gone.")
    assert said.count("\n") == 1
    assert not (dataset / "data/tables").exists()
    check_the_rest_is_done(dataset, corpus, finished)


def test_a_killed_builder_leaves_no_worker(dataset: Path, corpus: Path) -> None:
    """When a builder with a cluster of its own is killed, its workers end, and the next build goes on."""
    with building(dataset, "--workers", "2") as builder:
        wait_until(lambda: stamps(dataset) >= 1, 60)
        finished = stamps(dataset)
        builder.kill()
        wait_until(lambda: not session(builder.pid))
    check_the_rest_is_done(dataset, corpus, finished)


def test_ctrl_c_ends_all(dataset: Path) -> None:
    """Ctrl-C ends a builder and the cluster of its own with one line."""
    with building(dataset, "--workers", "2") as builder:
        wait_until(lambda: stamps(dataset) >= 1, 60)
        os.killpg(builder.pid, signal.SIGINT)
        said = builder.communicate(timeout=60)[1]
    wait_until(lambda: not session(builder.pid))
    assert (builder.returncode, said.strip()) == (130, "Error: Interrupted; nothing was changed.")


def test_workers_that_see_other_files_are_told(cluster: Cluster, tmp_path: Path) -> None:
    """A worker that does not see the captures is named, with what to do, and nothing is built."""
    captures(tmp_path / "data/raw", 3)
    cluster.worker()
    # What every process finds there is its own.
    raw = "/proc/self/cwd/data/raw"
    done = run("build", "--raw", raw, "--scheduler", cluster.address, cwd=tmp_path)
    assert done.returncode == 2
    assert f"does not see {raw}. Put the raw captures where all machines" in " ".join(done.stderr.split())
    assert not (tmp_path / "data/tables").exists()


@pytest.mark.parametrize(
    "address", ["127.0.0.1:1", "tls://localhost:1", "nowhere://localhost:1", "127.0.0.1", ""]
)
def test_no_scheduler_is_told(tmp_path: Path, address: str) -> None:
    """Where no scheduler answers, or the address is none, the build says so."""
    captures(tmp_path / "data/raw", 3)
    done = run("build", "--scheduler", address, cwd=tmp_path)
    assert done.returncode == 2
    assert f"No Dask scheduler answers at {address}: " in done.stderr


def test_what_listens_and_is_no_scheduler_is_told(tmp_path: Path) -> None:
    """Where something listens that is no scheduler, as its dashboard does, the build does not wait for ever."""
    captures(tmp_path / "data/raw", 3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        done = run("build", "--scheduler", f"127.0.0.1:{silent.getsockname()[1]}", cwd=tmp_path)
    assert done.returncode == 2
    assert "does not speak as one does" in done.stderr
