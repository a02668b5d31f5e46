"""Which ids of an old table stayed in the new one, moved, went, and which are new."""

from collections.abc import Mapping
from functools import reduce
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from builder.contracts.catalogue import table
from builder.tables.figures import IdChanges

WATCHED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: (*table(name).key, *places)
        for name, places in {
            "articles": (),
            "comments": ("position", "char_start", "char_end"),
            "authors": (),
        }.items()
    }
)
"""The columns to compare of each table whose ids people keep: the id, then where a row of that id stands."""


def id_changes(old: pa.Table, new: pa.Table) -> IdChanges:
    """What became of the ids in the first columns of two tables; the other columns say where a row stands."""
    if old.equals(new):
        return IdChanges(new.num_rows, 0, 0, 0)
    key, *places = new.column_names
    found = pc.index_in(new[key], value_set=old[key].combine_chunks())
    known = new.filter(pc.is_valid(found))
    before = old.take(found.drop_null())
    differ = [pc.not_equal(known[column], before[column]) for column in places]
    moved = (pc.sum(reduce(pc.or_, differ)).as_py() or 0) if differ else 0
    return IdChanges(
        known.num_rows - moved, moved, old.num_rows - known.num_rows, new.num_rows - known.num_rows
    )
