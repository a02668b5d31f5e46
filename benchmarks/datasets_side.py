"""The same work with Hugging Face datasets: `python -m benchmarks.datasets_side RAW OUT`, in an environment of its own.

Its text loader with a document a file, then a batched map for each table, then its own Parquet writer.
"""

import sys
from pathlib import Path
from typing import Any

from datasets import disable_progress_bars, load_dataset  # type: ignore[import-untyped]

from benchmarks.fixed_rules import captures_below, parse

Batch = dict[str, list[Any]]
ARTICLE = ("headline", "caption", "body", "n_comments")
COMMENT = ("article_id", "ordinal", "author", "body")


def articles(batch: Batch, numbers: list[int]) -> Batch:
    """The columns of articles."""
    rows = [parse(text, str(number))[0] for number, text in zip(numbers, batch["text"], strict=True)]
    return {"article_id": list(map(str, numbers)), **{name: [row[name] for row in rows] for name in ARTICLE}}


def comments(batch: Batch, numbers: list[int]) -> Batch:
    """The columns of comments."""
    parsed = (parse(text, str(number))[1] for number, text in zip(numbers, batch["text"], strict=True))
    rows = [row for thread in parsed for row in thread]
    return {name: [row[name] for row in rows] for name in COMMENT}


def main(raw: Path, out: Path) -> None:
    """Make two tables; the loader's own files go below `out`, too."""
    disable_progress_bars()
    out.mkdir(parents=True, exist_ok=True)
    captures = load_dataset(
        "text",
        data_files=[str(path) for path in captures_below(raw)],
        sample_by="document",
        split="train",
        cache_dir=str(out / "cache"),
    )
    for name, function in {"articles": articles, "comments": comments}.items():
        rows = captures.map(function, with_indices=True, batched=True, remove_columns=["text"])
        rows.to_parquet(out / f"{name}.parquet")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
