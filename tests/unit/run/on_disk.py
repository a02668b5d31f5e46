"""Captures written to disk and built as one shard."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from builder.core.captures import find_captures
from builder.run.shard import build_shard
from builder.tables.parts import ShardTables


def shard(corpus: Mapping[str, bytes]) -> ShardTables:
    """The tables of captures given by name and content, built from files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in corpus.items():
            file = Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return build_shard(find_captures(Path(folder)).captures)


def shard_of(text: str, name: str = "herald/one.txt") -> ShardTables:
    """The tables of one capture."""
    return shard({name: text.encode()})
