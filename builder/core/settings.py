"""What a dataset says about itself, and where its files are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from builder.core.capturefile import LARGEST
from builder.core.mirror import at_hand, home_of, scratch_of_user
from builder.core.places import Place, place_of
from builder.core.split_rule import DEFAULT, SplitRule

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
    how large a capture may be; a larger one is an issue. ``declared`` is no setting: it says whether they were found in
    a file, rather than being the defaults for a folder without one.
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
    declared: bool = field(default=False, compare=False)

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

    @property
    def studio_file(self) -> Path:
        """Where it is written which studio is the dataset's own."""
        return self.root / self.private / "studio.json"
