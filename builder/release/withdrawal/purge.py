"""A release that was cut before a withdrawal becomes one without it: tables, changes and facts."""

import re
from collections.abc import Collection, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.arrow import schema_of
from builder.contracts.catalogue import Table
from builder.release.tiers import SINCE
from builder.release.withdrawal.ledger import Ledger
from builder.release.withdrawal.without import without
from builder.tables.check_keys import in_order

PURGED = "purged"
"""The entry among what a release tells of itself that says what was taken out of it after it was cut."""
STATUS = "superseded: withdrawal"
_LISTED = "withdrawn"
_NAMED = (
    ("comments", "comment_id"),
    ("articles", "article_id"),
    ("authors", "author_id"),
    ("tasks", "task_key"),
)
_MADE = (("annotations", "annotation_id"),)
_WORD = re.compile(r"\w+")

Tables = Mapping[str, pa.Table]


def purged_tables(
    tables: Tables, contracts: Mapping[str, Table], ledger: Ledger, told: pa.Table, version: str
) -> dict[str, pa.Table]:
    """The tables of a release of that ``version`` without what a ledger takes away, under their own schemas.

    ``told`` are the rows of the table ``withdrawn`` that the ledger was made of; they join those that are there.
    """
    left = without({name: table for name, table in tables.items() if name != _LISTED}, ledger)
    left[_LISTED] = _listed(tables[_LISTED], left[_LISTED], told, version)
    cast = {
        name: left[name].select(tables[name].column_names).cast(schema_of(contracts[name])) for name in tables
    }
    return dict(in_order(cast))


def lost_ids(before: Tables, after: Tables) -> frozenset[str]:
    """The ids of all that a purge took out, and of the comments that are tombstones now."""
    lost = set[str]()
    for name, column in (*_NAMED, *_MADE):
        if name in before:
            lost |= set(before[name][column].to_pylist()) - set(after[name][column].to_pylist())
    comments = after["comments"]
    tombstones = comments.filter(pc.equal(comments["attribution"], "withdrawn"))
    return frozenset(lost | set(tombstones["comment_id"].to_pylist()))


def purged_changes(changes: pa.Table, lost: Collection[str]) -> pa.Table:
    """A table of changes without the rows about what was taken out, whose hashes might be guessed from."""
    wanted = frozenset(lost)
    keep = [wanted.isdisjoint(_WORD.findall(key)) for key in changes["key"].to_pylist()]
    return changes.filter(pa.array(keep, pa.bool_()))


def purged_facts(
    facts: Mapping[str, Any], files: Mapping[str, Any], others: Mapping[str, str], units: Mapping[str, int]
) -> dict[str, Any]:
    """The facts of a release with what is different after a purge; ``counted`` is still that of before.

    ``files`` are those of the tables, ``others`` the hashes of other files by path, ``units`` how many units of
    each type were taken out, in this purge and those before it.
    """
    return {
        **facts,
        "release": {**facts["release"], "status": STATUS},
        "files": dict(files),
        "told": {**facts["told"], "other_files": dict(others), PURGED: dict(units)},
    }


def _listed(there: pa.Table, leaving: pa.Table, told: pa.Table, version: str) -> pa.Table:
    """The units listed so far, and those that leave now; with the version that was the first without them."""
    known = set(zip(there["unit_type"].to_pylist(), there["unit_id"].to_pylist(), strict=True))
    first = dict(zip(told["unit_id"].to_pylist(), told["version"].to_pylist(), strict=True))
    latest = max((each for each in first.values() if each), default=version)
    new = [
        {**row, "version": first.get(row["unit_id"]) or latest, SINCE: version}
        for row in leaving.to_pylist()
        if (row["unit_type"], row["unit_id"]) not in known
    ]
    return pa.concat_tables([there, pa.Table.from_pylist(new, schema=there.schema)])
