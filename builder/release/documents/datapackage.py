"""datapackage.json: the tables for Frictionless, with their keys and the links between them."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.release.documents.facts import Facts, key_of
from builder.release.documents.licences import is_own, licence_address, licence_title

_TYPES = {
    "bool": "boolean",
    "float32": "number",
    "float64": "number",
    "int32": "integer",
    "int64": "integer",
    "string": "string",
}
_CONSTRAINTS = ("enum", "pattern", "minLength", "maxLength", "minimum", "maximum")


def datapackage(facts: Facts) -> dict[str, Any]:
    """The description of the folder as a data package of version 2."""
    release = facts.release
    said = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": release["name"],
        "id": release.get("doi"),
        "title": facts.title,
        "description": facts.description,
        "homepage": release.get("url"),
        "version": release["version"],
        "created": f"{release['date']}T00:00:00Z",
        "keywords": list(facts.keywords),
        "licenses": [_licence(release["licence"])],
        "contributors": [{"title": name, "roles": ["creator"]} for name in facts.creators],
        "resources": [_resource(name, facts) for name in facts.schemas if name in facts.files],
    }
    return {key: value for key, value in said.items() if value}


def _licence(licence: str) -> dict[str, str]:
    name = {} if is_own(licence) else {"name": licence}
    return {**name, "title": licence_title(licence), "path": licence_address(licence)}


def _resource(name: str, facts: Facts) -> dict[str, Any]:
    """A table; without bytes and hash, which Frictionless gets wrong for Parquet (SHA256SUMS has them)."""
    schema = facts.schemas[name]
    return {
        "name": name,
        "type": "table",
        "description": schema["description"],
        "path": facts.files[name]["path"],
        "format": "parquet",
        "schema": {
            "fields": [_field(column, said) for column, said in schema["properties"].items()],
            **({"primaryKey": list(key_of(schema))} if key_of(schema) else {}),
            **_foreign_keys(name, facts),
        },
    }


def _field(column: str, said: Mapping[str, Any]) -> dict[str, Any]:
    constraints = {key: said[key] for key in _CONSTRAINTS if key in said and not _taken_for_nan(key, said)}
    required = {} if "null" in said["type"] else {"required": True}
    return {
        "name": column,
        "type": _type(said),
        "description": said["description"],
        **({"constraints": {**required, **constraints}} if required or constraints else {}),
    }


def _type(said: Mapping[str, Any]) -> str:
    """The type of a column; whole numbers that may be null are numbers, since Frictionless reads null as NaN."""
    name = _TYPES.get(said["x-arrow"], "datetime")
    return "number" if name == "integer" and "null" in said["type"] else name


def _taken_for_nan(constraint: str, said: Mapping[str, Any]) -> bool:
    """Whether a bound would refuse null, which Frictionless reads as a number that is none."""
    return constraint in {"minimum", "maximum"} and "null" in said["type"]


def _foreign_keys(name: str, facts: Facts) -> dict[str, Any]:
    found = list(_references(name, facts))
    return {"foreignKeys": found} if found else {}


def _references(name: str, facts: Facts) -> Iterator[dict[str, Any]]:
    """References to tables of the release; the name of one's own table is left empty, as the format wants it."""
    for column, said in facts.schemas[name]["properties"].items():
        target, _, key = said.get("x-references", "").partition(".")
        if target in facts.files and key in facts.schemas[target]["properties"]:
            resource = "" if target == name else target
            yield {"fields": [column], "reference": {"resource": resource, "fields": [key]}}
