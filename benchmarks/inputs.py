"""The inputs on disk, kept between runs: many captures of page size, and single captures of other sizes."""

import hashlib
import os
import shutil
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.corpus import BLOCK, capture_of_size, documents

FULL = 20_000
FILES = int(os.environ.get("BENCH_FILES", FULL))
SCRATCH = Path(os.environ.get("BENCH_DIR", Path(tempfile.gettempdir()) / "newsthreads-bench"))


def inputs() -> dict[str, Path]:
    """The inputs by name, made where they are missing: captures of page size, and single captures."""
    bytes_of_all = FILES * 5_000
    return {
        "all captures": page_size_files(FILES),
        "a tenth of them": page_size_files(FILES // 10),
        "one large capture": single_capture(bytes_of_all),
        "one of a tenth": single_capture(bytes_of_all // 10),
        "one small capture": single_capture(1),
    }


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
