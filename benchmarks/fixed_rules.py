"""The parse that a user would write in ten minutes, which all baselines share.

Two blank lines open a comment; a short line without an end mark is taken for an author. The standard library
is enough for it, so that it runs in whatever environment a baseline needs.
"""

from pathlib import Path
from typing import Any

Row = dict[str, Any]


def captures_below(raw: Path) -> list[Path]:
    """The captures below a folder, sorted."""
    return sorted(raw.rglob("*.txt"))


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
