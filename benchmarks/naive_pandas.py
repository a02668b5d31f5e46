"""The script that a user would write in ten minutes: a list of dictionaries, then data frames, then Parquet.

    python -m benchmarks.naive_pandas RAW OUT

It does less than `builder build`: no offsets, hashes, probabilities, segments, checks or copies; a fixed-rule parse.
"""

import sys
from pathlib import Path

import pandas as pd

from benchmarks.fixed_rules import Row, captures_below, parse


def main(root: Path, out: Path) -> None:
    """Parse every capture below `root` and write three tables into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    articles: list[Row] = []
    comments: list[Row] = []
    for path in captures_below(root):
        article, thread = parse(path.read_text(encoding="utf-8"), path.stem)
        articles.append(article)
        comments.extend(thread)
    tables = {"articles": pd.DataFrame(articles), "comments": pd.DataFrame(comments)}
    tables["authors"] = tables["comments"].groupby("author").size().reset_index(name="n")
    for name, table in tables.items():
        table.to_parquet(out / f"{name}.parquet", compression="zstd")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
