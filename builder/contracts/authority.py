"""jsonschema as the authority: which values a schema refuses, by which rule, in which words."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker, TypeChecker
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from builder.contracts import instants

_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date-time")
def _is_date_time(value: object) -> bool:
    return not isinstance(value, str) or instants.parse(value) is not None


def _is_number(_checker: TypeChecker, value: object) -> bool:
    """JSON knows neither NaN nor infinity, but Python's numbers do."""
    number = Draft202012Validator.TYPE_CHECKER.is_type(value, "number")
    return number and not (isinstance(value, float) and not math.isfinite(value))


def _pattern(
    _validator: Validator, pattern: str, value: object, _schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """``$`` is the end of the text, as in ECMAScript, where Python's would let a last line end pass."""
    if isinstance(value, str) and not re.fullmatch(pattern.removeprefix("^").removesuffix("$"), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


_Authority = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    validators={"pattern": _pattern},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("number", _is_number),
)


def validator(schema: Mapping[str, Any]) -> Validator:
    """A validator for JSON values under that schema, date-time included."""
    return cast("Validator", _Authority(dict(schema), format_checker=_FORMATS))


def errors_of(schema: Mapping[str, Any], value: object) -> Iterator[ValidationError]:
    """All errors of a JSON value under a schema, in jsonschema's own form."""
    yield from validator(schema).iter_errors(cast("Any", value))


def refusals(schema: Mapping[str, Any], value: object) -> Iterator[tuple[str, str]]:
    """The rules (``pattern``, ``minimum`` ...) of a column's schema that a value breaks, each with its words.

    A value of the wrong type breaks that rule only.
    """
    errors = {str(error.validator): error.message for error in errors_of(schema, value)}
    yield from ({"type": errors["type"]} if "type" in errors else errors).items()
