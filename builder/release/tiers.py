"""What of each table a release holds at a tier: columns beyond the tier stay at home."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from builder.contracts import catalogue
from builder.contracts.arrow import schema_of
from builder.release.privacy.keyed import TEXT_HMAC, TEXT_HMAC_SCHEMA
from builder.release.withdrawal.tombstones import widened
from builder.tables.check_keys import in_order

TIERS = ("open", "research", "private")
"""From what anybody may have to what never leaves the house."""

SINCE = "since_version"
"""The column that every row of a release has last: the version since which the row is as it is."""

PSEUDONYM = "^p[a-z2-7]{16}$"
"""What stands for an author outside the house; no plain ``author_id`` has this form."""

_VERSION = "^[0-9]+[.][0-9]+[.][0-9]+$"
_SINCE_SCHEMA: Mapping[str, Any] = MappingProxyType(
    {
        "description": "The version of the release since which this row is as it is, columns that are computed from "
        "other rows aside. Rows with an earlier or equal version are those of that version which stood ever since.",
        "type": "string",
        "pattern": _VERSION,
        "x-arrow": "string",
        "x-tier": "open",
        "x-derived": True,
    }
)


def released(tier: str) -> tuple[str, ...]:
    """The tables of a release at a tier: all whose key may be told there."""
    return tuple(name for name in catalogue.TABLES if name != "changes" and _key_is_told(name, tier))


def release_schema(name: str, tier: str) -> dict[str, Any]:
    """The JSON Schema of a table in a release at a tier.

    Columns of a narrower tier are gone, ``since_version`` is the last column. Below ``private`` an author is a
    pseudonym, and comments have a keyed hash of their text. Raises ``LookupError`` for an unknown table,
    ``ValueError`` for an unknown tier.
    """
    schema = catalogue.schema(name)
    told = {
        column: _as_told(column, wanted, tier)
        for column, wanted in schema["properties"].items()
        if TIERS.index(wanted["x-tier"]) <= TIERS.index(tier)
    }
    if name == "comments" and tier != "private":
        told[TEXT_HMAC] = dict(TEXT_HMAC_SCHEMA)
    properties = {**told, SINCE: dict(_SINCE_SCHEMA)}
    return widened(name, {**schema, "properties": properties, "required": list(properties)})


def release_schemas(tier: str) -> dict[str, dict[str, Any]]:
    """The schemas of all tables of a release at a tier, by name."""
    return {name: release_schema(name, tier) for name in released(tier)}


def at_tier(tables: Mapping[str, pa.Table], tier: str) -> dict[str, pa.Table]:
    """The tables with the columns that a tier may have, in the order of their rows; but for ``since_version``.

    A table that is missing among ``tables`` comes without rows.
    """
    return in_order({name: _narrowed(tables.get(name), name, tier) for name in released(tier)})


def _narrowed(table: pa.Table | None, name: str, tier: str) -> pa.Table:
    wanted = schema_of(catalogue.table_of(release_schema(name, tier)))
    wanted = wanted.remove(wanted.get_field_index(SINCE))
    if table is None:
        return wanted.empty_table()
    return table.select(wanted.names).cast(wanted)


def _key_is_told(name: str, tier: str) -> bool:
    contract = catalogue.table(name)
    return all(TIERS.index(contract.column(part).tier) <= TIERS.index(tier) for part in contract.key)


def _as_told(column: str, schema: dict[str, Any], tier: str) -> dict[str, Any]:
    if column == "author_id" and tier != "private":
        return {**schema, "pattern": PSEUDONYM}
    return schema
