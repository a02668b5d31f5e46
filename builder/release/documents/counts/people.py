"""Commenters counted: how many are named, and how unequally they write."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.release.documents.counts.arrays import gini, has, quantiles, share, sizes_by


def commenters(tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """Named and lost comments, and how the named ones are spread over their authors."""
    if not has(tables, "comments", "author_id"):
        return {}
    comments = tables["comments"]
    nobodys = comments["author_id"].null_count
    taken = _withdrawn(comments)
    sizes = np.sort(sizes_by(comments, "author_id"))[::-1]
    return {
        "authors": len(sizes),
        "named": comments.num_rows - nobodys,
        "lost": nobodys - taken,
        "withdrawn": taken,
        "comments_of_an_author": quantiles(sizes),
        "gini": gini(sizes),
        "share_of_top_percent": share(sizes[: math.ceil(len(sizes) / 100)].sum(), sizes.sum()),
        "share_with_one_comment": share((sizes == 1).sum(), len(sizes)),
    }


def _withdrawn(comments: pa.Table) -> int:
    """How many comments are left as tombstones of what was withdrawn."""
    if "attribution" not in comments.column_names:
        return 0
    return int(pc.sum(pc.equal(comments["attribution"], "withdrawn")).as_py() or 0)
