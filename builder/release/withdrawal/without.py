"""Tables without what was withdrawn: no text, no label, no name of it is left in any of them."""

from collections.abc import Collection, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from builder.release.withdrawal.ledger import Ledger
from builder.release.withdrawal.overwriting import overwriting
from builder.release.withdrawal.tombstones import with_tombstones
from builder.release.withdrawal.units import Gone, Tables, gone

_WITHDRAWN = pa.schema(
    [(name, pa.string()) for name in ("unit_type", "unit_id", "version", "reason_class", "withdrawn_on")]
)
NO_VERSION = "0.0.0"
"""The version of a withdrawal that no release was cut without yet."""
_OF_ANNOTATION = ("annotations", "answers", "spans", "suggestions", "rejects")
_OF_ARTICLE = ("articles", "segments")


def without(tables: Tables, ledger: Ledger) -> dict[str, pa.Table]:
    """The tables as they are without what a ledger takes away, and a table ``withdrawn`` that lists it.

    Withdrawn comments leave tombstones; withdrawn articles go with all that stands below them. Tasks,
    annotations and labels of units that are gone are gone, and so are those of whole captures that hold such a
    comment. Words of other texts of the thread that quote a withdrawn one, and names of its author there, are
    overwritten sign by sign, so that places in texts stay; hashes and texts of spans are made anew. Counts are
    made anew; the version of each withdrawal is ``NO_VERSION``. Tables that are not there are passed over, but for
    ``articles`` and ``comments``.
    """
    leaving = gone(tables, ledger)
    listed = _listed(leaving)
    if not leaving.withdrawals:
        return {**tables, "withdrawn": listed}
    kept = overwriting(tables, leaving)
    for step in (_corpus, _annotations, _labels, _counts):
        kept = step(kept, leaving)
    return {**kept, "withdrawn": listed}


def _listed(leaving: Gone) -> pa.Table:
    rows = [
        (one.unit_type, one.unit_id, NO_VERSION, one.reason_class, one.withdrawn_on)
        for one in sorted(leaving.withdrawals, key=lambda one: (one.unit_type, one.unit_id))
    ]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(_WITHDRAWN)
    return pa.table([pa.array(column, pa.string()) for column in columns], schema=_WITHDRAWN)


def _corpus(tables: Tables, leaving: Gone) -> dict[str, pa.Table]:
    kept = dict(tables)
    if "issues" in kept and "capture" in tables["articles"].column_names:
        captures = _with(tables["articles"], "article_id", leaving.articles)["capture"].to_pylist()
        kept["issues"] = _but(kept["issues"], "capture", captures)
    for name in _OF_ARTICLE:
        if name in kept:
            kept[name] = _but(kept[name], "article_id", leaving.articles)
    comments = _but(tables["comments"], "article_id", leaving.articles)
    kept["comments"] = _referring(with_tombstones(comments, leaving.comments), "duplicate_of", "comment_id")
    kept["articles"] = _referring(kept["articles"], "duplicate_of", "article_id")
    if "authors" in kept:
        kept["authors"] = _but(kept["authors"], "author_id", leaving.authors)
    return _unsigned(kept, leaving)


def _unsigned(tables: Tables, leaving: Gone) -> dict[str, pa.Table]:
    """The tables with no segment any more that holds the name of somebody whose comment is gone."""
    if "segments" not in tables:
        return dict(tables)
    segments = tables["segments"]
    signing = pc.and_(pc.equal(segments["kind"], "author"), _are(segments, "comment_id", leaving.comments))
    return {
        **tables,
        "segments": _set(segments, "comment_id", pc.if_else(signing, None, segments["comment_id"])),
    }


def _annotations(tables: Tables, leaving: Gone) -> dict[str, pa.Table]:
    kept = dict(tables)
    if "tasks" not in kept:
        return kept
    kept["tasks"] = kept["tasks"].filter(pc.invert(_of_units(kept["tasks"], leaving)))
    all_keys = tables["tasks"]["task_key"]
    lost = set(all_keys.to_pylist()) - set(kept["tasks"]["task_key"].to_pylist())
    annotations = tables["annotations"]
    leave = pc.or_(_are(annotations, "task_key", lost), _are(annotations, "unit_id", _unit_ids(leaving)))
    ids = annotations.filter(leave)["annotation_id"].to_pylist()
    for name in _OF_ANNOTATION:
        if name in kept:
            kept[name] = _but(kept[name], "annotation_id", ids)
    return kept


def _labels(tables: Tables, leaving: Gone) -> dict[str, pa.Table]:
    units = ("labels", "label_shares", "label_spans", "splits")
    return {
        name: table.filter(pc.invert(_of_units(table, leaving))) if name in units else table
        for name, table in tables.items()
    }


def _of_units(table: pa.Table, leaving: Gone) -> pa.ChunkedArray:
    """Which rows are about a unit that is gone, or about the capture of an article that loses a comment."""
    theirs = _are(table, "unit_id", _unit_ids(leaving))
    captures = pc.and_(pc.equal(table["unit_type"], "capture"), _are(table, "unit_id", leaving.touched))
    return pc.or_(theirs, captures)


def _unit_ids(leaving: Gone) -> Collection[str]:
    return leaving.comments | leaving.articles


def _counts(tables: Tables, _leaving: Gone) -> dict[str, pa.Table]:
    """The tables with their counts of other rows made anew; authors without a comment are gone."""
    kept = dict(tables)
    comments = tables["comments"]
    if "authors" in kept:
        authors = _but(kept["authors"], "author_id", _silent(kept["authors"], comments))
        for column, of in (("n_comments", "count"), ("n_articles", "count_distinct")):
            authors = _counted(authors, column, comments, ("author_id", "article_id", of))
        kept["authors"] = authors
    lost = comments.filter(pc.equal(comments["attribution"], "lost"))
    kept["articles"] = _counted(
        kept["articles"], "n_unattributed", lost, ("article_id", "comment_id", "count")
    )
    if "annotators" in kept:
        done = kept["annotations"].filter(pc.equal(kept["annotations"]["status"], "merged"))
        by = ("annotator_id", "annotation_id", "count")
        kept["annotators"] = _counted(kept["annotators"], "n_annotations", done, by)
    return kept


def _silent(authors: pa.Table, comments: pa.Table) -> Collection[str]:
    return set(authors["author_id"].to_pylist()) - set(comments["author_id"].to_pylist())


def _counted(table: pa.Table, column: str, rows: pa.Table, by: tuple[str, str, str]) -> pa.Table:
    """The table with a column that counts the rows of another table that name its key."""
    if column not in table.column_names:
        return table
    key, value, how = by
    grouped = rows.group_by(key, use_threads=False).aggregate([(value, how)])
    counts: Mapping[str, int] = dict(
        zip(grouped[key].to_pylist(), grouped[f"{value}_{how}"].to_pylist(), strict=True)
    )
    return _set(table, column, pa.array([counts.get(one, 0) for one in table[key].to_pylist()]))


def _referring(table: pa.Table, column: str, key: str) -> pa.Table:
    """The table without references to rows that it does not have any more."""
    if column not in table.column_names:
        return table
    there = pc.is_in(table[column], value_set=table[key].combine_chunks())
    return _set(table, column, pc.if_else(there, table[column], None))


def _set(table: pa.Table, column: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    place = table.schema.get_field_index(column)
    field = table.schema.field(place)
    return table.set_column(place, field, values.cast(field.type))


def _are(table: pa.Table, column: str, values: Collection[str]) -> pa.ChunkedArray:
    return pc.is_in(table[column], value_set=pa.array(sorted(values), pa.string()))


def _with(table: pa.Table, column: str, values: Collection[str]) -> pa.Table:
    return table.filter(_are(table, column, values))


def _but(table: pa.Table, column: str, values: Collection[str]) -> pa.Table:
    return table.filter(pc.invert(_are(table, column, values)))
