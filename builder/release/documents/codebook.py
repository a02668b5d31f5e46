"""The codebook of a release for programs: every table and column at its tier."""

from collections.abc import Mapping
from typing import Any

from builder.contracts.catalogue import Column, table_of
from builder.release.documents.facts import Facts, key_of


def codebook(facts: Facts) -> dict[str, Any]:
    """Tables in their order, each with its key and its columns in theirs."""
    return {"tables": [_table(schema) for schema in facts.schemas.values()]}


def _table(schema: Mapping[str, Any]) -> dict[str, Any]:
    contract = table_of(schema)
    return {
        "name": contract.name,
        "version": contract.version,
        "description": contract.description,
        "key": list(key_of(schema)),
        "columns": [_column(column) for column in contract.columns],
    }


def _column(column: Column) -> dict[str, Any]:
    told = {
        "name": column.name,
        "description": column.description,
        "type": column.arrow,
        "nullable": column.nullable,
        "tier": column.tier,
        "derived": column.derived,
        "references": ".".join(column.references) if column.references else None,
        "values": dict(column.values) or None,
        "pattern": column.pattern,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "remark": column.comment,
    }
    return {key: value for key, value in told.items() if value is not None}
