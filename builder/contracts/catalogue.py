"""What the schemas say, as frozen values: tables, their columns, keys and order."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from builder.core.packaged import packaged_text

CORPUS = ("articles", "comments", "authors", "segments", "issues")
"""The tables that a build writes, in the order in which a person meets them."""

ANNOTATION = ("tasks", "annotations", "answers", "spans", "suggestions", "rejects", "annotators")
"""The tables that a merge writes."""

LABELS = ("labels", "label_shares", "label_spans")
"""The tables of a label set."""

RELEASE = ("splits", "withdrawn", "changes")
"""The tables that a release has besides: its parts, what was withdrawn, and what is new since the one before."""

TABLES = CORPUS + ANNOTATION + LABELS + RELEASE

RECORDS = ("capture_meta",)
"""JSON records that people write beside captures."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its words, type, bounds and marks; a bound that the schema does not set is None."""

    name: str
    description: str
    arrow: str
    tier: str
    nullable: bool
    derived: bool
    references: tuple[str, str] | None
    values: Mapping[str, str]
    pattern: str | None
    min_length: int | None
    max_length: int | None
    minimum: float | None
    maximum: float | None
    comment: str | None

    @property
    def enum(self) -> tuple[str, ...]:
        """The values of a closed list in their order; empty for an open column."""
        return tuple(self.values)


@dataclass(frozen=True, slots=True)
class Table:
    """One table, or one kind of JSON record, which has neither key nor order."""

    name: str
    version: str
    description: str
    key: tuple[str, ...]
    order: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of that name; raises ``LookupError`` if there is none."""
        found = next((column for column in self.columns if column.name == name), None)
        if found is None:
            raise LookupError(f"{self.name} has no column {name!r}; it has: {', '.join(self.names)}")
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in their order."""
        return tuple(column.name for column in self.columns)


@cache
def table(name: str) -> Table:
    """The table or record that ``<name>.schema.json`` declares; raises ``LookupError`` if there is none."""
    return table_of(schema(name))


def tables(names: Iterable[str] = TABLES) -> tuple[Table, ...]:
    """All tables of a dataset, or those of these names."""
    return tuple(table(name) for name in names)


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of that name, freshly read, so that no caller can spoil it for another."""
    loaded: dict[str, Any] = json.loads(_text(name))
    return loaded


def table_of(schema: Mapping[str, Any]) -> Table:
    """The frozen form of a schema that obeys the meta-schema."""
    columns = tuple(_column(name, column) for name, column in schema["properties"].items())
    return Table(
        name=schema["title"],
        version=schema["version"],
        description=schema["description"],
        key=tuple(schema.get("x-key", ())),
        order=tuple(schema.get("x-order", ())),
        columns=columns,
    )


def _column(name: str, schema: Mapping[str, Any]) -> Column:
    references = schema.get("x-references")
    return Column(
        name=name,
        description=schema["description"],
        arrow=schema["x-arrow"],
        tier=schema["x-tier"],
        nullable="null" in schema["type"],
        derived=schema.get("x-derived", False),
        references=tuple(references.split(".")) if references else None,
        values=MappingProxyType({value: schema["x-values"][value] for value in schema.get("enum", ())}),
        pattern=schema.get("pattern"),
        min_length=schema.get("minLength"),
        max_length=schema.get("maxLength"),
        minimum=schema.get("minimum"),
        maximum=schema.get("maximum"),
        comment=schema.get("$comment"),
    )


@cache
def _text(name: str) -> str:
    text = packaged_text("schemas", f"{name}.schema.json")
    if text is None:
        raise LookupError(f"there is no schema {name!r}; there are: {', '.join(TABLES + RECORDS)}")
    return text
