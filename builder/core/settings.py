"""What a dataset says about itself, read from ``[tool.builder]`` of its pyproject.toml."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from builder.core.capturefile import LARGEST, MOST
from builder.core.errors import UsageError
from builder.core.mirror import at_hand, home_of, scratch_of_user
from builder.core.places import Place, is_url, place_of
from builder.core.split_rule import DEFAULT, SplitRule, split_rule

_FILE = "pyproject.toml"
_NO_SOURCES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Severe:
    """Which answers to a question tell of content that weighs on people, and how many tasks such a one weighs."""

    question: str
    values: tuple[str, ...]
    weight: float = 1.0


class _Anywhere:
    """What of a dataset may be at a URL."""

    __slots__ = ()
    root: Path
    raw: str
    tables: str
    releases: str
    scratch: str

    @property
    def raw_dir(self) -> Place:
        """Where the raw captures are."""
        return place_of(self.raw, self.root)

    @property
    def tables_place(self) -> Place:
        """Where the built tables are put."""
        return place_of(self.tables, self.root)

    @property
    def tables_dir(self) -> Path:
        """Where the built tables can be read; from a URL they are fetched, unless they were already."""
        return at_hand(self.tables_place, self.scratch_dir)

    @property
    def scratch_dir(self) -> Path:
        """Where that is kept which has to do with URLs."""
        return self.root / self.scratch if self.scratch else scratch_of_user()

    @property
    def releases_place(self) -> Place:
        """Where the releases are, each in a folder of its name and version."""
        return place_of(self.releases, self.root)

    @property
    def releases_dir(self) -> Path:
        """The folder of the releases; for a URL the local one in which they are cut."""
        place = self.releases_place
        return place if isinstance(place, Path) else home_of(place, self.scratch_dir) / "releases"


@dataclass(frozen=True, slots=True)
class Settings(_Anywhere):
    """The settings of one dataset; those that name folders are paths relative to ``root``.

    ``raw``, ``tables`` and ``releases`` may be URLs as well. ``scratch`` is the folder for what is fetched from and
    made for them; without it, it is below the user's cache.

    ``creators`` are those to be cited (without any: ``contact``), ``url`` leads to the dataset's page, ``doi`` is the
    identifier of all its versions together.

    ``commenters`` says how annotators see who wrote a comment: ``numbered`` or ``named``. ``daily_tasks`` is
    how much work a push leaves anybody with for a day, in tasks, where those that are ``severe`` weigh more;
    0 is no limit. ``languages`` are those that the texts are in, and ``detect_languages`` whether a build
    finds out which; ``near_duplicates`` whether it looks for near copies beside exact ones. ``kept_gb`` is how
    many gigabytes of finished parts a build leaves beside the tables for the next one. ``max_capture_bytes`` is
    how large a capture may be; a larger one is an issue.
    """

    root: Path
    name: str = "unnamed"
    title: str = "An untitled dataset"
    licence: str = ""
    contact: str = ""
    description: str = ""
    creators: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    url: str = ""
    doi: str = ""
    languages: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=lambda: _NO_SOURCES)
    raw: str = "data/raw"
    tables: str = "data/tables"
    scratch: str = ""
    rounds: str = "data/rounds"
    archive: str = "data/archive"
    merged: str = "data/merged"
    label_sets: str = "data/label_sets"
    private: str = "data/private"
    withdrawals: str = "data/withdrawals.jsonl"
    gold: str = "data/gold"
    releases: str = "releases"
    allow: str = "release-allow.toml"
    key: str = ""
    commenters: str = "numbered"
    daily_tasks: int = 0
    kept_gb: float = 20.0
    max_capture_bytes: int = LARGEST
    severe: Severe | None = None
    detect_languages: bool = True
    near_duplicates: bool = True
    splits: SplitRule = DEFAULT

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
    def withdrawals_file(self) -> Path:
        """Where it is written what was withdrawn: ids alone, to be kept with the dataset's own files."""
        return self.root / self.withdrawals

    @property
    def withdrawal_notes_file(self) -> Path:
        """Where notes on withdrawals are: private, since they may name people."""
        return self.root / self.private / "withdrawal_notes.jsonl"

    @property
    def gold_dir(self) -> Path:
        """Where the units are whose right answers are known, a file a labelling config."""
        return self.root / self.gold

    @property
    def allow_file(self) -> Path:
        """Where people decided on commenters' names that are ordinary words, too."""
        return self.root / self.allow

    @property
    def label_sets_dir(self) -> Path:
        """Where the label sets are, each in a folder of its name."""
        return self.root / self.label_sets

    @property
    def annotators_file(self) -> Path:
        """Where it is written who the annotators are: private, outside every table."""
        return self.root / self.private / "annotators.json"


_COMMENTERS = ("numbered", "named")
_HERE_ONLY = frozenset(
    {"rounds", "archive", "merged", "label_sets", "private", "withdrawals", "gold", "allow", "key", "scratch"}
)
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
    made = Settings(root=root, **{key: _value(file, key, value) for key, value in table.items()})
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
