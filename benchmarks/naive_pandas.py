"""The script that a user would write in ten minutes: a list of dictionaries, then data frames, then Parquet.

    python naive_pandas.py ROOT OUT

It does less than `builder build`: no offsets, hashes, probabilities, segments or checks; a fixed-rule parse.
"""

import sys
from pathlib import Path
from typing import Any

import pandas as pd

Row = dict[str, Any]


def parse(text: str, article_id: str) -> tuple[Row, list[Row]]:
    """An article's row and its comments' rows."""
    blocks = text.split("\n\n\n")
    paragraphs = [each for each in blocks[0].split("\n\n") if each.strip()]
    has_caption = len(paragraphs) > 1 and len(paragraphs[1]) < 120
    comments = [row for block in blocks[1:] for row in parse_block(block, article_id)]
    for ordinal, row in enumerate(comments):
        row["ordinal"] = ordinal
    article = {
        "article_id": article_id,
        "headline": paragraphs[0] if paragraphs else None,
        "caption": paragraphs[1] if has_caption else None,
        "body": "\n\n".join(paragraphs[2 if has_caption else 1 :]),
        "n_comments": len(comments),
    }
    return article, comments


def parse_block(block: str, article_id: str) -> list[Row]:
    """The comments between two wide gaps: a short line without an end mark is taken for an author."""
    rows: list[Row] = []
    author, body = None, None
    for paragraph in map(str.strip, block.split("\n\n")):
        if not paragraph:
            continue
        if len(paragraph) <= 40 and paragraph[-1] not in '.!?"' and len(paragraph.split()) <= 4:
            if body is not None:
                rows.append({"article_id": article_id, "ordinal": 0, "author": author, "body": body})
            author, body = paragraph, None
        else:
            body = paragraph if body is None else body + "\n\n" + paragraph
    if body is not None:
        rows.append({"article_id": article_id, "ordinal": 0, "author": author, "body": body})
    return rows


def main(root: Path, out: Path) -> None:
    """Parse every capture below `root` and write three tables into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    articles: list[Row] = []
    comments: list[Row] = []
    for path in sorted(root.rglob("*.txt")):
        article, thread = parse(path.read_text(encoding="utf-8"), path.stem)
        articles.append(article)
        comments.extend(thread)
    tables = {"articles": pd.DataFrame(articles), "comments": pd.DataFrame(comments)}
    tables["authors"] = tables["comments"].groupby("author").size().reset_index(name="n")
    for name, table in tables.items():
        table.to_parquet(out / f"{name}.parquet", compression="zstd")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
