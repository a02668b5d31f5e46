"""Captures written to disk and built as one shard, and tables made by hand written where a build puts them."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from builder.contracts.catalogue import CORPUS, table
from builder.core.captures import find_captures
from builder.core.settings_file import find_settings
from builder.core.tablefile import table_file
from builder.run.corpus.inputs import read_inputs
from builder.run.corpus.record import BuildRecord, listing_of, raw_seen_from, write_record
from builder.run.corpus.shard import build_shard
from builder.run.corpus.weights import weights_sha256
from builder.run.corpus.writer import table_writer
from builder.tables.parts import ShardTables
from tests.unit.tables.corpus import Dataset


def shard(corpus: Mapping[str, bytes]) -> ShardTables:
    """The tables of captures given by name and content, built from files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in corpus.items():
            file = Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return build_shard(read_inputs(find_captures(Path(folder)).captures))


def shard_of(text: str, name: str = "herald/one.txt") -> ShardTables:
    """The tables of one capture."""
    return shard({name: text.encode()})


def write_tables(made: Dataset, root: Path) -> None:
    """Put tables and the captures that they are true of where the dataset in a folder has them."""
    settings = find_settings(root)
    for name, content in made.raw.items():
        file = settings.raw_dir / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    folder = settings.tables_dir
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in made.tables.items():
        with table_writer(folder, name) as writer:
            writer.write(rows)
    record = BuildRecord(
        raw=raw_seen_from(folder, settings.raw_dir),
        builder="0",
        weights_sha256=weights_sha256(),
        listing=listing_of(find_captures(settings.raw_dir).captures),
        rows={name: rows.num_rows for name, rows in made.tables.items()},
        schemas={name: table(name).version for name in CORPUS},
        files=tuple(table_file(folder, name).name for name in CORPUS),
    )
    write_record(folder, record)
