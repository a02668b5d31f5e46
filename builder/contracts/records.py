"""JSON records that people write, such as a capture's side file, held against their schema."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from builder.contracts import catalogue
from builder.contracts.entries import surely_accepted
from builder.contracts.faults import Example, Fault, shortened

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Record:
    """What a record says (nothing where it has faults), and its faults."""

    values: Mapping[str, Any]
    faults: tuple[Fault, ...]


def read_record(name: str, data: bytes) -> Record:
    """A record of the kind ``name`` (``capture_meta``) from the bytes of its file.

    JSON in UTF-8, with or without a byte-order mark. NaN is refused, and so is an entry named twice, of which
    readers would keep one or the other.
    """
    try:
        values = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_no_twice)
    except (ValueError, RecursionError) as error:
        return Record(_NOTHING, (_fault(name, "", "json", f"this is no JSON in UTF-8: {error}"),))
    faults = record_faults(name, values)
    return Record(_NOTHING if faults else MappingProxyType(values), faults)


def record_faults(name: str, values: object) -> tuple[Fault, ...]:
    """The faults of a parsed JSON value under the schema ``name``, sorted by their JSON pointers."""
    if surely_accepted(catalogue.table(name), values):
        return ()
    from builder.contracts import authority  # noqa: PLC0415 - slow to import, and seldom needed

    errors = authority.errors_of(catalogue.schema(name), values)
    return tuple(sorted((_worded(name, error) for error in errors), key=lambda fault: fault.column))


def _worded(name: str, error: "ValidationError") -> Fault:
    pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in error.absolute_path)
    value = shortened(error.instance)
    said = _unknown(error) or error.message.replace(repr(error.instance), value)
    return _fault(name, pointer, str(error.validator), said, value)


def _unknown(error: "ValidationError") -> str:
    """Which entries nobody knows, where that is the error; jsonschema's own words for it are those of programmers."""
    if error.validator != "additionalProperties":
        return ""
    said, schema = (cast("Mapping[str, Any]", each) for each in (error.instance, error.schema))
    names = sorted(set(said) - set(schema["properties"]))
    return f"unknown {'entry' if len(names) == 1 else 'entries'} {', '.join(map(shortened, names))}"


def _fault(name: str, pointer: str, check: str, message: str, value: str = "") -> Fault:
    return Fault(name, pointer, check, 1, (Example(None, "", value, message),), _cure(name, pointer))


def _cure(name: str, pointer: str) -> str:
    known = {f"/{column.name}": column.description for column in catalogue.table(name).columns}
    if pointer in known:
        return f"Wanted: {known[pointer].rstrip('.')}"
    return f"Wanted: one JSON object with any of {', '.join(catalogue.table(name).names)}"


def _no_number(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON value")


def _no_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{twice[0]!r} is named twice")
    return dict(pairs)
