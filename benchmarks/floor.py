"""The floor of a build: reads every capture, hashes it, checks that it is UTF-8, and writes columns that are ready.

    python -m benchmarks.floor prepare TABLES READY      once: built tables as Arrow files, to be mapped
    python -m benchmarks.floor run RAW READY OUT         what is measured

Nothing that makes these tables of these captures in Python can take less. READY/lean holds texts and names alone.
"""

import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from builder.core.lean import leave_pandas_out

BATCH = 1_250
"""Captures whose bytes are checked at a time."""
LEAN = {"articles": ["article_id", "headline", "text"], "comments": ["article_id", "author_name", "text"]}


def main(what: str, *folders: str) -> None:
    """Prepare, or run."""
    leave_pandas_out()
    if what == "prepare":
        prepare(*map(Path, folders))
    else:
        run(*map(Path, folders))


def prepare(tables: Path, ready: Path) -> None:
    """Put built tables where they can be mapped: all columns, and for the lean floor few; a batch a row group."""
    for folder in (ready, ready / "lean"):
        folder.mkdir(parents=True, exist_ok=True)
    for file in sorted(tables.glob("*.parquet")):
        write_ready(file, ready / f"{file.stem}.arrow", None)
        if file.stem in LEAN:
            write_ready(file, ready / "lean" / f"{file.stem}.arrow", LEAN[file.stem])


def write_ready(file: Path, out: Path, columns: list[str] | None) -> None:
    """Some columns of a Parquet file as an Arrow file."""
    with pq.ParquetFile(file) as opened:
        schema = pa.schema(
            [field for field in opened.schema_arrow if columns is None or field.name in columns]
        )
        with pa.OSFile(str(out), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
            for number in range(opened.num_row_groups):
                writer.write_table(opened.read_row_group(number, columns).combine_chunks())


def run(raw: Path, ready: Path, out: Path) -> None:
    """Read, hash and check all captures, then write all columns as they lie there."""
    out.mkdir(parents=True, exist_ok=True)
    batch: list[bytes] = []
    for path in files_below(raw):
        content = content_of(path)
        sha256(content).digest()
        batch.append(content)
        if len(batch) == BATCH:
            check_text(batch)
            batch = []
    check_text(batch)
    for file in sorted(ready.glob("*.arrow")):
        write_columns(file, out / f"{file.stem}.parquet")


def files_below(folder: Path | str) -> Iterator[str]:
    """The paths of all files below a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from files_below(entry.path)
            else:
                yield entry.path


def content_of(path: str) -> bytes:
    """The bytes of a file, in as few calls as it takes."""
    handle = os.open(path, os.O_RDONLY)
    try:
        parts = [os.read(handle, 1 << 16)]
        while len(parts[-1]) == 1 << 16:
            parts.append(os.read(handle, 1 << 16))
    finally:
        os.close(handle)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def check_text(batch: list[bytes]) -> None:
    """Raises `pyarrow.ArrowInvalid` where the captures are not UTF-8."""
    joined = b"".join(batch)
    offsets = pa.array([0, len(joined)], pa.int64()).buffers()[1]
    pa.Array.from_buffers(pa.large_binary(), 1, [None, offsets, pa.py_buffer(joined)]).cast(pa.large_string())


def write_columns(file: Path, out: Path) -> None:
    """Write a table that is there as Parquet, in the cheapest form that the builder knows for it."""
    with pa.memory_map(str(file)) as source:
        batches = pa.ipc.open_file(source)
        with pq.ParquetWriter(out, batches.schema, **cheapest(batches.schema)) as writer:
            for number in range(batches.num_record_batches):
                writer.write_batch(batches.get_batch(number))


def cheapest(schema: pa.Schema) -> dict[str, object]:
    """How the builder writes: no dictionaries of what varies, no statistics, small integers as differences."""
    integers = [field.name for field in schema if pa.types.is_integer(field.type)]
    return {
        "compression": "zstd",
        "compression_level": 1,
        "use_dictionary": [name for name in schema.names if name in {"kind", "attribution", "author_id"}],
        "column_encoding": dict.fromkeys(integers, "DELTA_BINARY_PACKED"),
        "write_statistics": False,
        "store_schema": False,
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
