"""The version since which each row is as it is."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from builder.release.difference import Difference, TableDifference
from builder.release.tiers import SINCE


def with_since(
    tables: Mapping[str, pa.Table], difference: Difference | None, version: str
) -> dict[str, pa.Table]:
    """The tables with ``since_version`` as their last column.

    A row that the version before had just so keeps its own; one that was added or changed has this version, and
    so has every row where there is no version before (``difference`` is none).
    """
    known = difference.tables if difference is not None else {}
    return {name: _with_since(table, known.get(name), version) for name, table in tables.items()}


def with_versions(withdrawn: pa.Table, known: pa.Table | None, version: str) -> pa.Table:
    """The withdrawals, each with the first version without its unit: what was ``known`` keeps its own."""
    key = ("unit_type", "unit_id")
    rows = known.select([*key, "version"]).to_pylist() if known is not None else []
    versions = {tuple(row[part] for part in key): row["version"] for row in rows}
    units = zip(*(withdrawn[part].to_pylist() for part in key), strict=True)
    column = pa.array([versions.get(unit, version) for unit in units], pa.string())
    place = withdrawn.schema.get_field_index("version")
    return withdrawn.set_column(place, withdrawn.schema.field(place), column)


def _with_since(table: pa.Table, one: TableDifference | None, version: str) -> pa.Table:
    since = _since(table.num_rows, one, version)
    return table.append_column(pa.field(SINCE, pa.string(), nullable=False), since)


def _since(count: int, one: TableDifference | None, version: str) -> pa.Array:
    """By reference to a short list of versions, as there are few."""
    known = _known(one) if one is not None else None
    if one is None or known is None:
        return pa.array([version]).take(pa.array(np.zeros(count, np.int64)))
    versions = pa.array([*known.dictionary.to_pylist(), version], pa.string())
    codes = np.full(count, len(versions) - 1, np.int64)
    stayed = np.ones(len(one.matched[0]), np.bool_)
    stayed[one.pairs_changed] = False
    codes[one.matched[1][stayed]] = known.indices.to_numpy()[one.matched[0][stayed]]
    return versions.take(pa.array(codes))


def _known(one: TableDifference) -> pa.DictionaryArray | None:
    """What each row said in the old version; none where it did not say. The rest of it is not held any longer."""
    old = one.old
    return old[SINCE].combine_chunks().dictionary_encode() if SINCE in old.column_names else None
