"""The facts that all documents of a release are made of, taken apart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.contracts import catalogue

Schemas = Mapping[str, Mapping[str, Any]]
"""The JSON Schemas of a release's tables by name, as the tables are at its tier."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a release is, its files, its counts, what was told of it, what people answered, and its schemas."""

    release: Mapping[str, Any]
    files: Mapping[str, Mapping[str, Any]]
    counted: Mapping[str, Any]
    told: Mapping[str, Any]
    answers: Mapping[str, str]
    schemas: Schemas

    @property
    def title(self) -> str:
        """What the dataset is called."""
        return str(self.release["title"])

    @property
    def creators(self) -> tuple[str, ...]:
        """Who made the dataset: those named, or else whom to ask about it."""
        named = tuple(self.release.get("creators") or ())
        return named or (self.release.get("contact") or f"The makers of {self.title}",)

    @property
    def description(self) -> str:
        """What the dataset is, in a sentence or two."""
        said = self.release.get("description")
        return str(said or f"{self.title}: news articles with their reader comments as normalised tables.")

    @property
    def keywords(self) -> tuple[str, ...]:
        """Words to find the dataset by."""
        return tuple(self.release.get("keywords") or ("comments", "news", "corpus"))

    def rows(self, table: str) -> int:
        """How many rows a table has; 0 where it is not there."""
        return int(self.counted["tables"].get(table, {}).get("rows", 0))


def facts_of(value: Mapping[str, Any], schemas: Schemas) -> Facts:
    """The facts of one JSON value, in an order that does not depend on who made or read it.

    Raises ``KeyError`` for one without a release or counts.
    """
    value = json.loads(json.dumps(value, sort_keys=True))
    parts = {name: value.get(name) or {} for name in ("files", "told", "answers")}
    ordered = {name: schemas[name] for name in sorted(schemas, key=_place)}
    return Facts(release=value["release"], counted=value["counted"], schemas=ordered, **parts)


def _place(name: str) -> tuple[int, str]:
    """Where a table stands among the others: as the catalogue has them, unknown ones last."""
    known = catalogue.TABLES
    return (known.index(name) if name in known else len(known), name)


def key_of(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns of a table's key; none where the tier keeps one of them at home."""
    key = tuple(schema.get("x-key", ()))
    return key if set(key) <= set(schema["properties"]) else ()
