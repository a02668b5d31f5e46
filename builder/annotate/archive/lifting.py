"""Lines of an archive in an older form become lines of today's, one by one, by written steps."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from builder.core.errors import DataError

FORM = 1
"""The form of a line today. A line that names none, in an entry ``form``, is of the first."""
Lift = Callable[[dict[str, Any]], dict[str, Any]]
Steps = Mapping[int, Lift]
"""By the form that is left behind, what makes the next one of it."""
STEPS: Steps = MappingProxyType({})
"""The steps so far: there was one form ever since."""


def form_of(line: bytes) -> int:
    """The form of a line; ``DataError`` where it is none at all."""
    form = _values(line).get("form", 1)
    if not isinstance(form, int):
        raise DataError(f"A line of the archive has the form {form!r}. Put back your copy of the file.")
    return form


def lifted(line: bytes, steps: Steps = STEPS, form: int = FORM) -> bytes:
    """A line in the form of today; the same bytes where it is.

    Raises ``DataError`` for a line of a later form, and where a step is missing.
    """
    before = form_of(line)
    if before == form:
        return line
    values = _values(line)
    for number in range(before, form):
        if number not in steps:
            raise DataError(
                f"Nothing leads from form {number} of an archive's lines to {number + 1}. {_CURE}"
            )
        values = steps[number](values)
    if before > form:
        raise DataError(f"A line of the archive has form {before}, and this builder knows {form}. {_CURE}")
    made = (
        {key: value for key, value in values.items() if key != "form"}
        if form == 1
        else {**values, "form": form}
    )
    return json.dumps(made, ensure_ascii=False).encode(errors="surrogatepass")


_CURE = "Use the builder that wrote it, or a newer one."


def _values(line: bytes) -> dict[str, Any]:
    try:
        values = json.loads(line.decode(errors="surrogatepass"))
    except ValueError as error:
        raise DataError(
            f"A line of the archive is no JSON: {error}. Put back your copy of the file."
        ) from error
    return values if isinstance(values, dict) else {}
