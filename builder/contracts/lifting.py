"""Tables of an older version of their schemas become tables of today's, by the law of change or by a written step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyarrow as pa

from builder.contracts.arrow import STAMP, schema_of
from builder.contracts.catalogue import Table
from builder.core.errors import DataError

Lift = Callable[[pa.Table], pa.Table]


@dataclass(frozen=True, slots=True)
class Step:
    """What brings a table over a first number: the version that it makes, and how."""

    to: str
    lift: Lift


Steps = Mapping[tuple[str, int], Step]
"""By table and the first number of the version that is left behind."""

STEPS: Steps = MappingProxyType({})
"""The steps so far. A schema that gets another first number gets one here, or its tables cannot be lifted."""

REMAKE = "Make the tables anew (builder build, merge or aggregate), or use the builder that wrote them"
_NEWER = "It was written by a newer builder: update this one"


def version_of(table: pa.Table) -> str | None:
    """The version of its schema that a table is stamped with; none where it has no stamp."""
    stamp = (table.schema.metadata or {}).get(STAMP, b"").decode("utf-8", "replace")
    return stamp.partition(" ")[2] or None


def lifted(table: pa.Table, contract: Table, version: str, steps: Steps = STEPS) -> pa.Table:
    """A table of an older version of its schema under today's.

    Over a first number leads a step of the list; within one, what the law of change calls compatible is enough:
    columns that are new are null. Raises ``DataError`` with the cure where there is no way.
    """
    for _ in range(_first(contract.version)):
        if _first(version) >= _first(contract.version):
            break
        step = steps.get((contract.name, _first(version)))
        if step is None:
            raise DataError(
                f"Nothing leads from version {version} of the schema {contract.name} to {contract.version}. {REMAKE}."
            )
        table, version = step.lift(table), step.to
    if _numbers(version) > _numbers(contract.version):
        raise DataError(
            f"{contract.name} has version {version}, and this builder knows {contract.version}. {_NEWER}."
        )
    return _widened(table, contract, version)


def _widened(table: pa.Table, contract: Table, version: str) -> pa.Table:
    """A table of the same first number with all columns of today, in their order."""
    schema = schema_of(contract)
    strangers = [name for name in table.column_names if name not in schema.names]
    missing = [one.name for one in schema if one.name not in table.column_names and not one.nullable]
    if strangers or missing:
        what = f"has a column {strangers[0]}" if strangers else f"has no column {missing[0]}"
        raise DataError(f"{contract.name} {version} {what}, against the law of change. {REMAKE}.")
    columns = [
        table[one.name] if one.name in table.column_names else pa.nulls(table.num_rows, one.type)
        for one in schema
    ]
    try:
        return pa.table(columns, names=schema.names).cast(schema)
    except (pa.ArrowInvalid, ValueError) as error:
        raise DataError(
            f"{contract.name} {version} has other types than its schema: {error}. {REMAKE}."
        ) from error


def _first(version: str) -> int:
    return _numbers(version)[0]


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        raise DataError(f"{version!r} is no version of a schema. {REMAKE}.")
    return tuple(int(part) for part in parts)
