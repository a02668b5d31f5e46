"""What a dataset says about itself, read from ``[tool.builder]`` of its pyproject.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from builder.core.errors import UsageError

_FILE = "pyproject.toml"
_NO_SOURCES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one dataset; those that name folders are paths relative to ``root``.

    ``commenters`` says how annotators see who wrote a comment: ``numbered`` or ``named``.
    """

    root: Path
    name: str = "unnamed"
    title: str = "An untitled dataset"
    licence: str = ""
    contact: str = ""
    languages: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=lambda: _NO_SOURCES)
    raw: str = "data/raw"
    tables: str = "data/tables"
    rounds: str = "data/rounds"
    archive: str = "data/archive"
    merged: str = "data/merged"
    label_sets: str = "data/label_sets"
    private: str = "data/private"
    commenters: str = "numbered"

    @property
    def raw_dir(self) -> Path:
        """Where the raw captures are."""
        return self.root / self.raw

    @property
    def tables_dir(self) -> Path:
        """Where the built tables are."""
        return self.root / self.tables

    @property
    def rounds_dir(self) -> Path:
        """Where it is written which tasks each round of annotation has."""
        return self.root / self.rounds

    @property
    def archive_dir(self) -> Path:
        """Where everything pulled from a server is kept as it came."""
        return self.root / self.archive

    @property
    def merged_dir(self) -> Path:
        """Where the merged tables of annotations are."""
        return self.root / self.merged

    @property
    def label_sets_dir(self) -> Path:
        """Where the label sets are, each in a folder of its name."""
        return self.root / self.label_sets

    @property
    def annotators_file(self) -> Path:
        """Where it is written who the annotators are: private, outside every table."""
        return self.root / self.private / "annotators.json"


_COMMENTERS = ("numbered", "named")
_KEYS = tuple(f.name for f in fields(Settings) if f.name != "root")


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
    return Settings(root=root, **{key: _value(file, key, value) for key, value in table.items()})


def _value(file: Path, key: str, value: object) -> Any:  # noqa: ANN401 - as many types as there are keys
    if key == "languages":
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        wanted = 'a list of strings such as ["en"]'
    elif key == "sources":
        if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
            return MappingProxyType(dict(value))
        wanted = 'a table of strings, one a source, such as my-paper = "what it is"'
    elif key == "commenters":
        if value in _COMMENTERS:
            return value
        wanted = " or ".join(f'"{each}"' for each in _COMMENTERS)
    elif isinstance(value, str):
        return value
    else:
        wanted = "a string"
    raise UsageError(f"{file}: [tool.builder] {key} must be {wanted}, not {value!r}.")
