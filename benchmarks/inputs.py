"""The inputs on disk, kept between runs: many captures of page size, and single captures of other sizes."""

import hashlib
import os
import shutil
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.corpus import BLOCK, capture_of_size, documents

FULL = 200_000
FILES = int(os.environ.get("BENCH_FILES", FULL))
TENTH = FILES // 10
BESIDE = min(FILES, 20_000)
"""Captures for libraries, which would take an hour for all; with fewer, start-up is most of what they take."""
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SCRATCH = Path(os.environ.get("BENCH_DIR", Path(tempfile.gettempdir()) / "newsthreads-bench"))


def page_size_files(count: int) -> Path:
    """A folder of `count` captures of about 5 KB each, a source for each block."""
    folder, done = SCRATCH / f"files-{count}", SCRATCH / f"files-{count}.done"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        with ProcessPoolExecutor() as pool:
            list(
                pool.map(
                    write_block,
                    [folder] * -(-count // BLOCK),
                    range(0, count, BLOCK),
                    [count] * -(-count // BLOCK),
                )
            )
        done.touch()
    return folder


def write_block(folder: Path, first: int, count: int) -> None:
    """Write the block that begins with document `first`, as far as it is among `count` documents."""
    source = folder / f"{first // BLOCK:04d}"
    source.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(documents(first // BLOCK)[: count - first], first):
        digest = hashlib.sha256(data).hexdigest()[:16]
        (source / f"{number:07d}_{digest}.txt").write_bytes(data)


def single_capture(size: int) -> Path:
    """A file of one capture of about `size` bytes."""
    path = SCRATCH / f"capture-{size}" / "one.txt"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(capture_of_size(size))
        part.rename(path)
    return path
