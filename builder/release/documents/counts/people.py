"""Commenters counted: how many are named, and how unequally they write."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from builder.release.documents.counts.arrays import gini, has, quantiles, share, sizes_by


def commenters(tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """Named and lost comments, and how the named ones are spread over their authors."""
    if not has(tables, "comments", "author_id"):
        return {}
    comments = tables["comments"]
    lost = comments["author_id"].null_count
    sizes = np.sort(sizes_by(comments, "author_id"))[::-1]
    return {
        "authors": len(sizes),
        "named": comments.num_rows - lost,
        "lost": lost,
        "comments_of_an_author": quantiles(sizes),
        "gini": gini(sizes),
        "share_of_top_percent": share(sizes[: math.ceil(len(sizes) / 100)].sum(), sizes.sum()),
        "share_with_one_comment": share((sizes == 1).sum(), len(sizes)),
    }
