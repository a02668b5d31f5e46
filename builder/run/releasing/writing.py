"""The files of a release written into its folder, with what is to be known of each."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa

from builder.contracts.catalogue import Table, table
from builder.core.immutable import write_below
from builder.core.memory import give_back_memory
from builder.core.storage import make_folder, read_bytes
from builder.core.tablefile import RELEASE_LEVEL
from builder.release.contents import SUMS
from builder.release.hashing import content_hash
from builder.release.manifest import sums_of
from builder.release.tiers import SINCE
from builder.run.corpus.writer import contract_writer


def write_tables(
    folder: Path, tables: Mapping[str, pa.Table], contracts: Mapping[str, Table]
) -> dict[str, Any]:
    """Write the tables; for each its path, bytes, rows, and the hashes of file and content."""
    make_folder(folder / "data")
    return {name: _written(folder, f"data/{name}.parquet", tables[name], contracts[name]) for name in tables}


def write_changes(folder: Path, changes: Iterable[tuple[str, Iterable[pa.Table]]]) -> dict[str, str]:
    """Write tables of changes by name, piece by piece as they come; the hashes of their files by path."""
    hashes = {}
    for name, pieces in changes:
        make_folder(folder / "changes")
        path = f"changes/{name}.parquet"
        hashes[path] = _hash_of(_write(folder, path, pieces, table("changes")))
    return hashes


def write_files(folder: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """Write files; their hashes by path."""
    for path, content in files.items():
        write_below(folder, path, content)
    return {path: sha256(content).hexdigest() for path, content in files.items()}


def write_sums(folder: Path, hashes: Mapping[str, str]) -> None:
    """Write the sums over all files of a release, whose hashes by path are known."""
    write_below(folder, SUMS, sums_of(hashes))


def _written(folder: Path, path: str, rows: pa.Table, contract: Table) -> dict[str, Any]:
    content = _write(folder, path, [rows], contract)
    give_back_memory()
    return {
        "path": path,
        "bytes": len(content),
        "rows": rows.num_rows,
        "sha256": _hash_of(content),
        "content_sha256": content_hash(rows, contract),
    }


def _write(folder: Path, path: str, pieces: Iterable[pa.Table], contract: Table) -> bytes:
    repetitive = (SINCE,) if SINCE in contract.names else ()
    with contract_writer(folder / path, contract, RELEASE_LEVEL, repetitive) as writer:
        for rows in pieces:
            writer.write(rows)
    return read_bytes(str(folder / path))


def _hash_of(content: bytes) -> str:
    return sha256(content).hexdigest()
