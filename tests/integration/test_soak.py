"""Promises that need minutes to be believed: `make soak` (SOAK_SECONDS, 120 for each)."""

import hashlib
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benchmarks.corpus import documents
from builder.core.captures import CaptureFile
from builder.core.errors import WorkerLost
from builder.run.corpus.executor import processes
from builder.run.corpus.kept import Kept
from builder.run.corpus.work import Job, Workplace, work
from tests.unit.run.standin import tables_of

pytestmark = pytest.mark.soak
BUILDER = Path(sys.executable).with_name("builder")
ENDS = [b"\n", b"\n\n\n", b"\r", b"\r\n", b"\0", b"\x85", b" ", b"\t"]
SIGNS = ["\N{SLIGHTLY SMILING FACE}".encode(), b"\xff", b"\xe2\x80", b"\xef\xbb\xbf"]
SECONDS = float(os.environ.get("SOAK_SECONDS", "120"))


def corpus(folder: Path, block: int) -> Path:
    """A raw folder of 300 generated captures."""
    source = folder / f"raw-{block}" / "generated"
    source.mkdir(parents=True)
    for number, data in enumerate(documents(block)[:300]):
        (source / f"{number:04d}.txt").write_bytes(data)
    return source.parent


def building(raw: Path, out: Path, executor: str) -> subprocess.Popen[bytes]:
    """A builder that has just been started."""
    command = [BUILDER, "build", "--raw", raw, "--out", out, "--executor", executor, "--wait", "30"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def contents(folder: Path) -> dict[str, str]:
    """The hash of each table in a folder."""
    files = folder.glob("*.parquet")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def rounds() -> Iterator[random.Random]:
    """Numbered sources of chance until the time is over; a failing round can be drawn again by its number."""
    end = time.monotonic() + SECONDS
    number = 0
    while time.monotonic() < end:
        yield random.Random(number)
        number += 1


def test_kills_leave_old_tables_or_new_ones(tmp_path: Path) -> None:
    """Whenever a builder is killed, the tables are those of one whole build, old or new."""
    raws = [corpus(tmp_path, block) for block in (0, 1)]
    out = tmp_path / "tables"
    whole = []
    for raw in raws:
        assert building(raw, out, "serial").wait() == 0
        whole.append(contents(out))
    assert whole[0] != whole[1]
    for chance in rounds():
        builder = building(chance.choice(raws), out, chance.choice(["serial", "processes"]))
        time.sleep(chance.uniform(0.0, 3.0))
        builder.kill()
        builder.wait()
        assert contents(out) in whole


def test_no_bytes_stop_a_build(tmp_path: Path) -> None:
    """Whatever bytes captures hold, each has an article or an error, and the tables pass every check."""
    sample = b"".join(documents(2)[:20])
    for chance in rounds():
        raw = tmp_path / f"raw-{chance.random()}"
        (raw / "fuzz").mkdir(parents=True)
        for number in range(60):
            (raw / "fuzz" / f"{number}.txt").write_bytes(damaged(sample, chance))
        out = tmp_path / "tables"
        assert building(raw, out, "serial").wait() in {0, 1}
        check = [BUILDER, "check", "--tables", out, "--raw", raw]
        done = subprocess.run(check, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert accounted(out) == {f"fuzz/{number}.txt" for number in range(60)}


def accounted(tables: Path) -> set[str]:
    """The captures that have an article, or an issue that says why not."""
    issues = pq.read_table(
        tables / "issues.parquet", columns=["capture"], filters=[("severity", "=", "error")]
    )
    articles = pq.read_table(tables / "articles.parquet", columns=["capture"])
    return {*issues["capture"].to_pylist(), *articles["capture"].to_pylist()}


def damaged(sample: bytes, chance: random.Random) -> bytes:
    """A piece of real text with bytes overwritten, cut out and repeated."""
    start = chance.randrange(len(sample))
    data = bytearray(sample[start : start + chance.randrange(5_000)])
    for _ in range(chance.randrange(40)):
        place = chance.randrange(len(data) + 1)
        data[place : place + chance.randrange(4)] = chance.choice(ENDS + SIGNS) * chance.randrange(4)
    return bytes(data)


def test_killed_workers_never_hold_a_build_up(tmp_path: Path) -> None:
    """However soon a worker dies, while others are just being started, the build ends and says so."""
    files = [tmp_path / f"{number}.txt" for number in range(6)]
    for file in files:
        file.write_text("kill", encoding="utf-8")
    jobs = [
        Job((CaptureFile(f"a{n}", f"p/{n}.txt", "p", str(file), 4, None),), str(n))
        for n, file in enumerate(files)
    ]
    place = Workplace(tables_of, "recipe", tmp_path, Kept(tmp_path, 0))
    for chance in rounds():
        gathered = processes(chance.choice([2, 3]))(place, len(files))
        with pytest.raises(WorkerLost), gathered as team:
            list(team(partial(work, place), jobs))
