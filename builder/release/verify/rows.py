"""Whether the rows of a release are those that were released, with unique keys and references that lead somewhere."""

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.faults import Fault, merged
from builder.release.contents import FACTS, Contents, entry
from builder.release.difference import keys_of
from builder.release.faults import cured, fault, of_rows
from builder.release.hashing import content_hash
from builder.tables.check_comments import place_faults
from builder.tables.check_counts import count_faults
from builder.tables.check_keys import in_order, key_faults, reference_faults
from builder.tables.check_links import linked, truths
from builder.tables.check_segments import segment_faults

_OF_ANNOTATION = ("answers", "spans", "suggestions", "rejects")
_OF_UNIT = ("labels", "label_shares", "label_spans", "splits")


def digest_faults(release: Contents) -> Iterator[Fault]:
    """Tables with other rows than the facts tell, by their number and by their content hash."""
    files, contracts = entry(release.facts, "files"), release.contracts
    for name, table in release.tables.items():
        told, path = entry(files, name), f"data/{name}.parquet"
        if told.get("rows") != table.num_rows:
            yield fault(path, "rows", f"it has {table.num_rows:,} rows, but {FACTS} says {told.get('rows')}")
        digest = content_hash(table, contracts[name])
        if told.get("content_sha256") != digest:
            said = f"its content hash is {digest}, but {FACTS} says {told.get('content_sha256')}"
            yield fault(path, "content_hash", f"{said}: rows are other than released")


def row_faults(release: Contents) -> Iterator[Fault]:
    """Keys that are there twice, disorder, references and units that are nowhere, wrong counts and segments."""
    disorder = tuple(key_faults(release.tables))
    tables = in_order(release.tables) if disorder else release.tables
    together = linked(tables)
    found = [*disorder, *reference_faults(tables, together.links), *count_faults(together)]
    found += [*place_faults(together), *segment_faults(together)]
    yield from cured(merged(found))
    yield from _units(tables)
    yield from _annotations(tables)


def _units(tables: Mapping[str, pa.Table]) -> Iterator[Fault]:
    """Labels and splits of comments and articles that are not there."""
    for name in _OF_UNIT:
        table = tables[name]
        comments = pc.is_in(table["unit_id"], value_set=tables["comments"]["comment_id"].combine_chunks())
        articles = pc.is_in(table["unit_id"], value_set=tables["articles"]["article_id"].combine_chunks())
        there = pc.if_else(pc.equal(table["unit_type"], "comment"), comments, articles)
        yield from _lost(tables, name, "unit_id", there)


def _annotations(tables: Mapping[str, pa.Table]) -> Iterator[Fault]:
    """Answers and spans of versions of annotations that are not there."""
    known = _versions(tables["annotations"])
    for name in _OF_ANNOTATION:
        there = pc.is_in(_versions(tables[name]), value_set=known.combine_chunks())
        yield from _lost(tables, name, "annotation_id", there)


def _versions(table: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(table["annotation_id"], table["version"].cast(pa.string()), " ")


def _lost(tables: Mapping[str, pa.Table], name: str, column: str, there: pa.ChunkedArray) -> Iterator[Fault]:
    rows = np.flatnonzero(~truths(there))
    keys = keys_of(tables[name], (column,), rows)
    yield from of_rows((name, column), "reference", keys, "there is no such row in this release")
