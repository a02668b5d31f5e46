"""What a builder takes of memory is bounded by the limit that its captures have, packed or not: `make soak`."""

import json
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from benchmarks.account import cost_of
from benchmarks.corpus import capture_of_size
from builder.core.capturefile import LARGEST

pytestmark = pytest.mark.soak
WORKER = 1_000_000_000 / 2**20
"""MiB of a worker with 1 GB."""
HUGE = 1_000_000_000


def peak(raw: Path, out: Path, code: int = 0) -> float:
    """The highest memory of a build by one process, in MiB, that ends with that exit code."""
    words = [sys.executable, "-m", "builder", "build", "--raw", raw, "--out", out, "--executor", "serial"]
    return cost_of(["sh", "-c", f'"$@"; test $? = {code}', "sh", *words]).memory


def packed(folder: Path, text: bytes) -> Path:
    """The capture as a line of compressed JSON lines, written without holding it more than once."""
    folder.mkdir()
    head, tail = json.dumps({"id": "paper/one.txt", "text": ""}).rsplit('"', 1)
    with pa.CompressedOutputStream(str(folder / "a.jsonl.zst"), "zstd") as sink:
        sink.write(head.encode())
        for first in range(0, len(text), 1 << 20):
            sink.write(json.dumps(text[first : first + (1 << 20)].decode("utf-8", "ignore"))[1:-1].encode())
        sink.write(f'"{tail}\n'.encode())
        sink.write(json.dumps({"id": "paper/two.txt", "text": "Two\n\nA text."}).encode())
    return folder


def test_the_largest_capture_fits_a_worker_of_a_gigabyte(tmp_path: Path) -> None:
    """A capture as large as the limit is built within 1 GB, from a file of its own and from a packed one."""
    text = capture_of_size(LARGEST - 2_000_000)
    loose = tmp_path / "loose" / "paper"
    loose.mkdir(parents=True)
    (loose / "one.txt").write_bytes(text)
    assert peak(loose.parent, tmp_path / "tables") < WORKER
    assert peak(packed(tmp_path / "packed", text), tmp_path / "packed-tables") < WORKER


def test_a_capture_of_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    """A capture of 1 GB is told, in a file of its own and in packed ones, and hardly takes any memory."""
    loose = tmp_path / "loose" / "paper"
    loose.mkdir(parents=True)
    with (loose / "one.txt").open("wb") as file:
        file.truncate(HUGE)
    (loose / "two.txt").write_text("Two\n\nA text.\n", encoding="utf-8")
    assert peak(loose.parent, tmp_path / "tables", 1) < WORKER / 4
    assert (
        peak(packed(tmp_path / "packed", b"a line of text\n" * (HUGE // 15)), tmp_path / "tables2", 1)
        < WORKER / 2
    )
