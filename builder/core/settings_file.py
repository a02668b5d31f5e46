"""The settings of a dataset are read from ``[tool.builder]`` of its pyproject.toml."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from builder.core.capturefile import MOST
from builder.core.errors import UsageError
from builder.core.places import is_url
from builder.core.settings import Settings, Severe
from builder.core.split_rule import split_rule

_FILE = "pyproject.toml"
_COMMENTERS = ("numbered", "named")
_HERE_ONLY = frozenset(
    {"rounds", "archive", "merged", "label_sets", "private", "withdrawals", "gold", "allow", "key", "scratch"}
)
_KEYS = tuple(f.name for f in fields(Settings) if f.name not in {"root", "declared"})


def find_settings(start: Path) -> Settings:
    """The settings of the dataset that ``start`` lies in, from the nearest ``[tool.builder]`` above it.

    Without one, the defaults with ``start`` as the root.
    Raises ``UsageError`` for a file that is no TOML, an unknown key or a value of the wrong type.
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        table = _table(folder / _FILE)
        if table is not None:
            return _settings(folder, table)
    return Settings(root=here)


def _table(file: Path) -> Mapping[str, Any] | None:
    try:
        with file.open("rb") as handle:
            tools = tomllib.load(handle).get("tool", {})
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} is no valid TOML: {error}. Mend it there.") from error
    table = tools.get("builder") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UsageError(f"{file}: [tool.builder] must be a table of settings.")
    return table


def _settings(root: Path, table: Mapping[str, Any]) -> Settings:
    file = root / _FILE
    unknown = sorted(set(table) - set(_KEYS))
    if unknown:
        raise UsageError(f"{file}: [tool.builder] knows no '{unknown[0]}'. It knows: {', '.join(_KEYS)}.")
    made = Settings(
        root=root, declared=True, **{key: _value(file, key, value) for key, value in table.items()}
    )
    if made.severe and 0 < made.daily_tasks < made.severe.weight:
        raise UsageError(
            f"{file}: [tool.builder] severe: a weight of {made.severe.weight:g} is more than the "
            f"{made.daily_tasks} daily_tasks, so that such a task could never be sent. Lower it."
        )
    return made


def _refuse_url(file: Path, key: str, value: object) -> None:
    if key in _HERE_ONLY and isinstance(value, str) and is_url(value):
        raise UsageError(
            f"{file}: [tool.builder] {key} must be on this machine; raw, tables and releases may be URLs."
        )


def _value(file: Path, key: str, value: object) -> Any:  # noqa: ANN401 - as many types as there are keys
    _refuse_url(file, key, value)
    read, wanted = _READERS.get(key, (_text, "a string"))
    found = read(value)
    if found is None:
        raise UsageError(f"{file}: [tool.builder] {key} must be {wanted}, not {value!r}.")
    return found


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: object) -> tuple[str, ...] | None:
    sound = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return tuple(value) if sound else None  # type: ignore[arg-type] # sound: a list


def _sources(value: object) -> Mapping[str, str] | None:
    sound = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    return MappingProxyType(dict(value)) if sound else None  # type: ignore[call-overload] # sound: a dict


def _commenters(value: object) -> str | None:
    return str(value) if value in _COMMENTERS else None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _capture_bytes(value: object) -> int | None:
    count = _count(value)
    return count if count and count <= MOST else None


def _amount(value: object) -> float | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number and 0 <= value < float("inf") else None  # type: ignore[operator, arg-type]


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _severe(value: object) -> Severe | None:
    if not isinstance(value, dict) or set(value) - {"question", "values", "weight"}:
        return None
    question, values, weight = value.get("question"), _texts(value.get("values")), value.get("weight", 1)
    heavy = isinstance(weight, int | float) and not isinstance(weight, bool) and 1 <= weight < float("inf")
    sound = isinstance(question, str) and question and values and heavy
    return Severe(question, values, float(weight)) if sound else None  # type: ignore[arg-type] # sound: of these types


_READERS: Mapping[str, tuple[Callable[[object], Any], str]] = {
    "languages": (_texts, 'a list of strings such as ["en"]'),
    "creators": (_texts, 'a list of strings such as ["Ann Author"]'),
    "keywords": (_texts, 'a list of strings such as ["comments"]'),
    "sources": (_sources, 'a table of strings, one a source, such as my-paper = "what it is"'),
    "commenters": (_commenters, " or ".join(f'"{each}"' for each in _COMMENTERS)),
    "detect_languages": (_flag, "true or false"),
    "near_duplicates": (_flag, "true or false"),
    "splits": (
        split_rule,
        'a table such as {train = 0.8, validation = 0.1, test = 0.1, by = "author"}, shares that make 1 together',
    ),
    "daily_tasks": (_count, "a whole number of tasks, 0 for no limit"),
    "kept_gb": (_amount, "a number of gigabytes, 0 to keep nothing"),
    "max_capture_bytes": (_capture_bytes, f"a whole number of bytes from 1 to {MOST}"),
    "severe": (
        _severe,
        'a table such as {question = "hostility", values = ["hostile", "hate"], weight = 3}, weight 1 or more',
    ),
}
