"""Whether the tables obey their schemas and agree with each other, with their ids and with their hashes.

Each kind of fault by its code; ``check_against_raw`` finds those of the last block:

================== ====================================================================================
type, enum, ...    a value breaks that keyword of its column's schema, in the words of jsonschema
required           a column is missing
additionalPro...   a column that the schema does not know, or one that is there twice
column order       the columns are all there, but not in their order
version            the table was written under another version of its schema
x-arrow            the column has another Arrow type, or is damaged
utf8               a text is not UTF-8
missing_table      a table is not there at all
------------------ ------------------------------------------------------------------------------------
key_twice          two rows have one key
order              a row does not come after the row above it
reference          a reference leads to no row
self_reference     a reference leads to its own row
count              a column that counts rows does not say how many there are
position           comments of an article are not numbered from 0 without gaps
attribution        attribution and author columns contradict each other
parent             a comment answers one of another article
ordinal            segments of an article, or issues of a capture, are not numbered from 0
tiling             segments of an article leave characters out, overlap or are empty
owner              a segment names the wrong comment, none where it must, or one where it must not
signature          a named comment without one author segment, or a lost one with any
hull               a comment does not reach from its first segment of kind comment to its last
id                 an id is not the one that its row's content gives
hash               a text has another hash
author             an author is not the one of that name at that source
copy               a copy leads to a row below, or to another copy; or an exact one is not marked
severity           an issue is not as severe as its code
span               an issue has half a span, or one that ends before it begins
------------------ ------------------------------------------------------------------------------------
missing            a capture cannot be read
changed            a capture's bytes have another hash
undecodable        a capture's bytes are no text any more
encoding           a capture is decoded from another encoding
coverage           segments end before the text does, or after
slice              a text is not what its segments cut out of the capture
================== ====================================================================================
"""

from collections.abc import Iterator

from builder.contracts import catalogue
from builder.contracts.columns import check_columns
from builder.contracts.faults import Example, Fault, merged
from builder.tables.check_comments import comment_faults
from builder.tables.check_copies import copy_faults
from builder.tables.check_counts import author_count_faults, author_counts, count_faults
from builder.tables.check_ids import author_id_faults, id_faults
from builder.tables.check_issues import issue_faults
from builder.tables.check_keys import in_order, key_faults, reference_faults
from builder.tables.check_kinds import CURES, Tables
from builder.tables.check_links import Linked, linked
from builder.tables.check_segments import segment_faults

UNSOUND = frozenset({"missing_table", "required", "additionalProperties", "x-arrow", "utf8", "type"})
"""Faults that leave a column unreadable: what joins rows and tables is not looked at until then."""


def check_tables(tables: Tables) -> tuple[Fault, ...]:
    """All faults of a dataset's tables (articles, comments, authors, segments, issues), the schemas' first.

    Where a column cannot be read at all, rows are not compared: the faults of this kind are told alone.
    """
    single = tuple(_single(tables))
    if any(fault.check in UNSOUND for fault in single):
        return single
    disorder = tuple(key_faults(tables))
    return merged((*single, *disorder, *_joint(in_order(tables) if disorder else tables)))


def _single(tables: Tables) -> Iterator[Fault]:
    """What each table shows by itself, cell by cell."""
    for name in catalogue.CORPUS:
        if name in tables:
            yield from check_columns(tables[name], name)
        else:
            example = Example(None, "", "", "the table is missing")
            yield Fault(name, "", "missing_table", 1, (example,), CURES["missing_table"])


def _joint(tables: Tables) -> Iterator[Fault]:
    """What only rows and tables together show, once they are in order."""
    together = linked(tables)
    yield from reference_faults(tables, together.links)
    yield from row_faults(together)
    yield from author_count_faults(tables, author_counts(together))
    yield from author_id_faults(tables)
    yield from copy_faults(together)
    yield from issue_faults(tables)


def row_faults(linked: Linked) -> Iterator[Fault]:
    """What the rows of an article show together, whatever the other articles are."""
    yield from count_faults(linked)
    yield from comment_faults(linked)
    yield from segment_faults(linked)
    yield from id_faults(linked)
