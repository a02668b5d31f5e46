"""The versions in the table of what was withdrawn: for each unit the first release without it."""

import pyarrow as pa
import pyarrow.compute as pc

UNNUMBERED = "0.0.0"
"""Stands for a version that is not known yet; no release has it."""


def unnumbered(withdrawn: pa.Table) -> pa.Table:
    """The table with a version that is none in every row, as it is compared with that of the release before."""
    return _with_versions(withdrawn, [UNNUMBERED] * withdrawn.num_rows)


def numbered(withdrawn: pa.Table, before: pa.Table | None, version: str) -> pa.Table:
    """The table with ``version`` in each row, but for units that the release ``before`` lists: they keep theirs."""
    known: dict[tuple[str, str], str] = {}
    if before is not None:
        known = {(row["unit_type"], row["unit_id"]): row["version"] for row in before.to_pylist()}
    units = zip(withdrawn["unit_type"].to_pylist(), withdrawn["unit_id"].to_pylist(), strict=True)
    return _with_versions(withdrawn, [known.get(unit, version) for unit in units])


def _with_versions(withdrawn: pa.Table, versions: list[str]) -> pa.Table:
    place = withdrawn.schema.get_field_index("version")
    field = withdrawn.schema.field(place)
    return withdrawn.set_column(place, field, pc.cast(pa.array(versions, pa.string()), field.type))
