"""Raw captures are packed into shards, and every one of them is read again from there before it counts."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from builder.core.capturefile import LARGEST, MOST, CaptureFile
from builder.core.captures import find_captures
from builder.core.errors import DataError, UsageError
from builder.core.issues import Issue
from builder.core.lock import locked
from builder.core.packed.names import is_packed, name_of
from builder.core.packed.reading import records
from builder.core.packed.tar import is_capture
from builder.core.packed.writing import packing
from builder.core.places import Place
from builder.core.staging import staged
from builder.core.storage import names_in
from builder.run.corpus.inputs import Input, read_inputs
from builder.run.corpus.plan import DEFAULT, in_turn

FORMATS = ("parquet", "jsonl.zst", "tar")
SHARD_SIZE = 256_000_000

Tell = Callable[[int, int], None]
"""Is told how many bytes are packed, of how many."""


@dataclass(frozen=True, slots=True)
class Packing:
    """What to pack, where to, as which of ``FORMATS``, with how many bytes of captures in a shard.

    A capture with more bytes than ``largest`` is left out, as a build would leave it out.
    """

    raw: Place
    out: Path
    kind: str = FORMATS[0]
    shard_size: int = SHARD_SIZE
    largest: int = LARGEST


@dataclass(frozen=True, slots=True)
class Heap:
    """Some files: how many, how many bytes, how many seconds it took to read every capture out of them."""

    files: int = 0
    bytes: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed: how many captures, the files before and after, what could not be packed, other files."""

    raw: Place
    out: Path
    captures: int
    before: Heap
    after: Heap
    issues: tuple[Issue, ...]
    ignored: int

    def as_json(self) -> dict[str, Any]:
        """The outcome as values that ``json.dumps`` takes."""
        issues = [one._asdict() for one in self.issues]
        return {**asdict(self), "raw": str(self.raw), "out": str(self.out), "issues": issues}


def pack(order: Packing, tell: Tell | None = None) -> Packed:
    """Pack captures with their side files, those of loose files by their names; RAW stays as it is.

    Raises ``UsageError`` where ``out`` is not empty or lies in ``raw``, or where a name does not fit the format,
    ``DataError`` where there is nothing to pack, or where a shard does not give back what went into it.
    """
    _refuse(order)
    found = find_captures(order.raw, order.largest)
    if not found.captures:
        raise DataError(f"There are no captures in {order.raw} that could be packed.")
    if order.kind == "tar":
        _refuse_names(found.captures)
    issues = list(found.issues)
    out = order.out.resolve()
    with locked(out), staged(out) as folder:
        before, went_in = _write(order, folder, found.captures, issues, tell or _silent)
        after = _read_again(folder, went_in)
    return Packed(order.raw, order.out, len(went_in), before, after, tuple(issues), found.ignored)


def _refuse(order: Packing) -> None:
    raw, out = order.raw.resolve(), order.out.resolve()
    if isinstance(raw, Path) and (out.is_relative_to(raw) or raw.is_relative_to(out)):
        raise UsageError(
            f"{order.out} and {order.raw} lie in each other; then captures would be there twice."
        )
    if names_in(out):
        raise UsageError(f"{order.out} is not empty. Name a new folder.")


def _refuse_names(captures: Sequence[CaptureFile]) -> None:
    for one in captures:
        if not is_capture(name_of(one.capture)):
            raise UsageError(
                f"In a tar, {one.capture} would not be known as a capture, since its name does not end in .txt "
                "or begins with a dot or README. Take another format: --format parquet"
            )


def _write(
    order: Packing, folder: Path, captures: Sequence[CaptureFile], issues: list[Issue], tell: Tell
) -> tuple[Heap, dict[str, str]]:
    """Write the shards; what was read, and the fingerprint of each capture that went in, by name."""
    of_bytes = sum(one.size for one in captures)
    heap = Heap(len({one.file for one in captures} | {one.meta_file for one in captures if one.meta_file}))
    went_in: dict[str, str] = {}
    for number, shard in enumerate(_shards(captures, order.shard_size)):
        with packing(folder / f"captures-{number:05d}.{order.kind}") as sink:
            for batch in in_turn(shard, DEFAULT):
                begun = time.monotonic()
                inputs = read_inputs(batch)
                heap = replace(heap, seconds=heap.seconds + time.monotonic() - begun)
                for one in inputs:
                    heap = replace(heap, bytes=heap.bytes + _put(sink.add, one, went_in, issues))
                tell(heap.bytes, of_bytes)
    return heap, went_in


def _put(
    add: Callable[[str, bytes, bytes | None], None], one: Input, went_in: dict[str, str], issues: list[Issue]
) -> int:
    """Pack one capture, unless it or its side file cannot be read; how many bytes it took."""
    name, data, meta = name_of(one.file.capture), one.data, one.meta
    if isinstance(data, Issue) or isinstance(meta, Issue):
        issues.extend(read for read in (data, meta) if isinstance(read, Issue))
        return 0
    add(name, data, meta)
    went_in[name] = _fingerprint(data, meta)
    return len(data) + len(meta or b"")


def _shards(captures: Sequence[CaptureFile], size: int) -> Iterator[list[CaptureFile]]:
    """Loose captures by their names, then packed ones in their own order, as many as fit into a shard."""
    shard: list[CaptureFile] = []
    held = 0
    for one in sorted(captures, key=_order):
        if shard and held + one.size > size:
            yield shard
            shard, held = [], 0
        shard.append(one)
        held += one.size
    yield shard


def _order(one: CaptureFile) -> tuple[str, int, str]:
    return ("", 0, one.capture) if one.record is None else (one.file, one.record, "")


def _read_again(folder: Path, went_in: dict[str, str]) -> Heap:
    """Read all shards; ``DataError`` where a capture does not come back as it went in."""
    files = sorted(folder / name for name in names_in(folder) if is_packed(name))
    begun = time.monotonic()
    left = dict(went_in)
    for file in files:
        for record in records(str(file), MOST):
            came = _fingerprint(record.data, record.meta) if isinstance(record.data, bytes) else ""
            if left.pop(record.id, None) != came:
                raise DataError(f"{file.name} does not give back {record.id} as it was. Nothing was packed.")
    if left:
        raise DataError(f"The shards do not give back {min(left)}. Nothing was packed.")
    return Heap(len(files), sum(file.stat().st_size for file in files), time.monotonic() - begun)


def _fingerprint(data: bytes, meta: bytes | None) -> str:
    beside = "" if meta is None else sha256(meta).hexdigest()
    return sha256(data).hexdigest() + beside


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""
