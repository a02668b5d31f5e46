"""The tables of a release as they leave, from tables that are still wanted afterwards."""

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from builder.release.privacy.pseudonymise import NOTHING, Private, Reviewed, masked
from builder.tables.check_keys import in_order


def pseudonymised(
    tables: Mapping[str, pa.Table],
    key: bytes,
    tier: str,
    names: pa.Table | None = None,
    reviewed: Reviewed = NOTHING,
) -> Private:
    """The tables as they may leave at a tier, each in its order, as cutting a release makes them."""
    made = masked(dict(tables), key, tier, names, reviewed)
    return made if tier == "private" else replace(made, tables={**made.tables, **in_order(made.declared)})
