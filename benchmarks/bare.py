"""The floor of a release: `bare.py RELEASE OUT` reads its tables, writes them as zstd Parquet, hashes them once."""

import sys
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq


def main(release: Path, out: Path) -> None:
    """Read the tables of a release, write them elsewhere, and hash what was written."""
    out.mkdir(exist_ok=True)
    for file in sorted((release / "data").glob("*.parquet")):
        with pq.ParquetFile(file) as opened:
            table = opened.read()
        pq.write_table(table, out / file.name, compression="zstd", compression_level=3)
        sha256((out / file.name).read_bytes())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
