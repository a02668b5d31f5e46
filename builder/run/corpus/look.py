"""One capture, parsed afresh, for a person to look at."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from builder.core.captures import CaptureFile, find_captures, locate
from builder.core.errors import UsageError
from builder.core.issues import Issue
from builder.core.packed.names import is_packed, name_of
from builder.core.places import Place
from builder.parse.decode import decode
from builder.run.corpus.inputs import read_inputs
from builder.run.corpus.work import ShardFunction
from builder.tables.lines import Line, lines_of

_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Look:
    """A capture as it would come out of a build; without an article where it could not be read."""

    capture: str
    article: dict[str, Any] | None
    comments: tuple[dict[str, Any], ...]
    lines: tuple[Line, ...]
    issues: tuple[dict[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """The look as values that ``json.dumps`` takes; times as RFC 3339 text."""
        return asdict(self, dict_factory=_json_object)


def look(capture: CaptureFile, function: ShardFunction) -> Look:
    """Parse one capture by the function that builds use."""
    read = read_inputs([capture])
    tables = function(read)
    articles, comments = tables.articles.to_pylist(), tables.comments.to_pylist()
    issues = tuple(tables.issues.to_pylist())
    data = read[0].data
    if not articles or isinstance(data, Issue):
        return Look(capture.capture, None, (), (), issues)
    lines = tuple(lines_of(decode(data).text.decode(), tables.segments))
    return Look(capture.capture, articles[0], tuple(comments), lines, issues)


def find_one(raw: Place, wanted: str) -> CaptureFile:
    """The capture that a person means by a file's path, a capture's name or an article's id.

    Raises ``UsageError`` where there is none, with names that are close.
    """
    return _by_path(raw, Path(wanted)) or locate(raw, wanted) or _by_id(raw, wanted)


def _by_path(raw: Place, file: Path) -> CaptureFile | None:
    if not file.is_file():
        return None
    if is_packed(file.name):
        raise UsageError(
            f"{file} holds many captures. Name one of them: {file.name}#RECORD, or its article's id"
        )
    root, path = raw.resolve(), file.absolute()
    here = isinstance(root, Path) and path.is_relative_to(root)
    inside = path.relative_to(str(root)).as_posix() if here else ""
    return (locate(raw, inside) if "/" in inside else None) or find_captures(file).captures[0]


def _by_id(raw: Place, wanted: str) -> CaptureFile:
    captures = find_captures(raw).captures
    for one in captures:
        if wanted in {one.article_id, name_of(one.capture)}:
            return one
    close = ", ".join(_close(wanted, [one.capture for one in captures]))
    cure = f"Did you mean {close}?" if close else f"Name a file, a capture below {raw}, or an article's id."
    raise UsageError(f"There is no capture {wanted}. {cure}")


def _close(wanted: str, names: list[str]) -> Iterator[str]:
    ends = [name for name in names if name.endswith((f"/{wanted}", f"/{wanted}.txt", f"/{wanted}txt"))]
    yield from (ends or get_close_matches(wanted, names, _SUGGESTED))[:_SUGGESTED]


def _json_object(entries: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: _json_value(value) for name, value in entries}


def _json_value(value: Any) -> Any:  # noqa: ANN401 - whatever a table holds
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, dict):
        return _json_object(list(value.items()))
    return [_json_value(one) for one in value] if isinstance(value, list | tuple) else value
