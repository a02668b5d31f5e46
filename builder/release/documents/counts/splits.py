"""Splits and withdrawals counted, and whether a split leaks into another."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.release.documents.counts.arrays import frequencies, group_sizes, has


def splits(tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """Units by split, reasons of those in none, and articles and clusters that stand in more than one."""
    if not has(tables, "splits", "unit_type", "unit_id", "split", "cluster", "reason"):
        return {}
    table = tables["splits"]
    placed = table.filter(pc.is_valid(table["split"]))
    return {
        "units": group_sizes(table, "unit_type", "split"),
        "reasons": frequencies(table.filter(pc.is_null(table["split"]))["reason"]),
        "torn_clusters": _torn(placed, "cluster"),
        "torn_articles": _torn_articles(placed, tables),
    }


def _torn(placed: pa.Table, group: str) -> int:
    """How many groups have units in more than one split."""
    placed = placed.filter(pc.is_valid(placed[group]))
    found = placed.group_by(group, use_threads=False).aggregate([("split", "count_distinct")])
    return int(pc.sum(pc.greater(found["split_count_distinct"], 1)).as_py() or 0)


def _torn_articles(placed: pa.Table, tables: Mapping[str, pa.Table]) -> int:
    """How many articles stand with their comments in more than one split."""
    if not has(tables, "comments", "comment_id", "article_id"):
        return 0
    comments = tables["comments"]
    at = pc.index_in(placed["unit_id"], value_set=comments["comment_id"].combine_chunks())
    own = pc.if_else(pc.equal(placed["unit_type"], "article"), placed["unit_id"], None)
    article = pc.coalesce(
        comments["article_id"].combine_chunks().take(at.combine_chunks()), own.combine_chunks()
    )
    return _torn(pa.table({"article": article, "split": placed["split"]}), "article")


def withdrawals(tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
    """What was withdrawn, by kind of unit and class of reason."""
    if not has(tables, "withdrawn", "unit_type", "reason_class"):
        return []
    return group_sizes(tables["withdrawn"], "unit_type", "reason_class")


def withdrawn_since(tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
    """What was withdrawn, by the first version without it and kind of unit."""
    if not has(tables, "withdrawn", "unit_type", "version"):
        return []
    return group_sizes(tables["withdrawn"], "version", "unit_type")
