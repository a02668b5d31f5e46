"""What the files of a release say, read and taken apart: facts, schemas, tables, and what cannot be read."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from builder.contracts import catalogue
from builder.contracts.catalogue import Table
from builder.contracts.columns import check_contract
from builder.contracts.faults import Fault
from builder.core.errors import DataError
from builder.core.memory import give_back_memory
from builder.core.tablefile import table_in
from builder.core.tree import Tree
from builder.release.diff import Side
from builder.release.faults import CURE, cured, fault
from builder.release.tiers import TIERS, release_schema
from builder.release.version import is_version

FACTS = "stats.json"
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Contents:
    """A release as it was read; what could not be is not there, and ``faults`` say why."""

    tree: Tree
    facts: Mapping[str, Any]
    schemas: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, pa.Table]
    faults: tuple[Fault, ...]

    @property
    def release(self) -> Mapping[str, Any]:
        """What the release says about itself: name, version, tier, date and so on."""
        return entry(self.facts, "release")

    @property
    def told(self) -> Mapping[str, Any]:
        """What its tables cannot tell."""
        return entry(self.facts, "told")

    @property
    def contracts(self) -> dict[str, Table]:
        """What is declared about each table."""
        return {name: catalogue.table_of(schema) for name, schema in self.schemas.items()}

    @property
    def side(self) -> Side:
        """The tables as one side of a difference."""
        return Side(self.tables, self.contracts)

    def digest(self, name: str) -> str:
        """The content hash of a table as the release tells it; empty where it does not."""
        return str(entry(entry(self.facts, "files"), name).get("content_sha256", ""))


def entry(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object of that name in an object; empty where there is none or it is something else."""
    found = value.get(name)
    return found if isinstance(found, dict) else _NOTHING


@dataclass(frozen=True, slots=True, eq=False)
class _Stored(Mapping[str, pa.Table]):
    """Tables of a release, each read from its file whenever it is asked for."""

    tree: Tree
    names: tuple[str, ...]

    def __getitem__(self, name: str) -> pa.Table:
        if name not in self.names:
            raise KeyError(name)
        give_back_memory()  # that of the table before
        return table_in(self.tree.files[_file(name)], _file(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def contents(tree: Tree) -> Contents:
    """What the files of a release say; its tables are held against its schemas, value by value."""
    return _contents(tree, dict)


def stored_contents(tree: Tree) -> Contents:
    """As ``contents``, but no table stays in memory: each is read again whenever it is asked for."""
    return _contents(tree, lambda tables: _Stored(tree, tuple(name for name, _ in tables)))


def sound(release: Contents) -> Contents:
    """The release, if all of it could be read; ``DataError`` with the first fault if not."""
    if release.faults:
        raise DataError(
            f"{release.tree.name}: {release.faults[0].place}: {release.faults[0].examples[0]}. {CURE}"
        )
    return release


def _contents(
    tree: Tree, kept: Callable[[Iterator[tuple[str, pa.Table]]], Mapping[str, pa.Table]]
) -> Contents:
    facts, faults = _facts(tree)
    schemas = dict(_schemas(tree, facts, faults))
    tables = kept(_tables(tree, schemas, faults))
    return Contents(tree, facts, schemas, tables, tuple(faults))


def _facts(tree: Tree) -> tuple[Mapping[str, Any], list[Fault]]:
    if FACTS not in tree.files:
        return _NOTHING, [fault(FACTS, "missing_file", "the file is missing, which says what a release is")]
    try:
        value = json.loads(tree.files[FACTS])
    except (ValueError, RecursionError) as error:
        return _NOTHING, [fault(FACTS, "json", f"this is no JSON: {error}")]
    release = entry(value, "release") if isinstance(value, dict) else _NOTHING
    if release.get("tier") not in TIERS:
        return _NOTHING, [fault(FACTS, "facts", "it does not say at which tier this was released")]
    if not is_version(release.get("version")):
        return _NOTHING, [fault(FACTS, "facts", "it does not say which version this is")]
    return value, []


def _schemas(
    tree: Tree, facts: Mapping[str, Any], faults: list[Fault]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The schemas that the release has, those of another first number than this builder knows left out."""
    tier = str(entry(facts, "release").get("tier", ""))
    for name in sorted(entry(facts, "files"), key=_place):
        path = f"schemas/{name}.schema.json"
        try:
            schema = json.loads(tree.files[path])
            due = release_schema(name, tier)
        except KeyError:
            faults.append(fault(path, "missing_file", "the file is missing"))
        except (LookupError, ValueError, RecursionError) as error:
            faults.append(fault(path, "json", f"it cannot be used: {error}"))
        else:
            told = _told(path, schema, due)
            faults += told
            if not told:
                yield name, schema


def _told(path: str, schema: Any, due: Mapping[str, Any]) -> list[Fault]:  # noqa: ANN401 - whatever the file holds
    """What is wrong with a schema: one of the version that this builder has says what this builder's says."""
    if schema == due:
        return []
    version = str(schema.get("version", "")) if isinstance(schema, dict) else ""
    if version == due["version"]:
        said = f"it says something else than version {version} of this schema does"
        return [fault(path, "schema", said)]
    if version.partition(".")[0] != due["version"].partition(".")[0]:
        said = f"this builder knows version {due['version']} of it, and this is {version or 'no schema'}"
        return [fault(path, "schema", said)]
    from builder.contracts import authority  # noqa: PLC0415 - slow to import, and seldom needed

    errors = authority.errors_of(catalogue.schema("meta"), schema)
    return [fault(path, "schema", error.message) for error in errors]


def _tables(
    tree: Tree, schemas: Mapping[str, Mapping[str, Any]], faults: list[Fault]
) -> Iterator[tuple[str, pa.Table]]:
    for name, schema in schemas.items():
        path = _file(name)
        if path not in tree.files:
            faults.append(fault(path, "missing_file", "the file is missing"))
            continue
        try:
            table = table_in(tree.files[path], path)
        except DataError as error:
            faults.append(fault(path, "unreadable", str(error)))
            continue
        faults += cured(check_contract(table, schema))
        yield name, table


def _file(name: str) -> str:
    return f"data/{name}.parquet"


def _place(name: str) -> tuple[int, str]:
    known = catalogue.TABLES
    return (known.index(name) if name in known else len(known), name)
