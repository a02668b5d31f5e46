"""Where releases stand, what they are called, and the list of them all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from builder.core.errors import DataError
from builder.core.places import Place, is_url, place_of
from builder.core.settings import Settings
from builder.core.storage import folders_in, read_bytes, read_json, replace_json
from builder.release.contents import MANIFEST
from builder.release.tiers import TIERS
from builder.release.version import Version

CURRENT, SUPERSEDED, WITHDRAWN = "current", "superseded", "superseded: withdrawal"
HOLDING = "current: holds what was withdrawn"
"""The status of the last release of its tier where another tier has one already without what was withdrawn."""
LIST = "releases.json"
_CURE = "Put back your copy of it."


@dataclass(frozen=True, slots=True)
class Listed:
    """One release in the list: what it is, where it stands, its hashes, and whether a later one took its place.

    ``made_of`` are the hashes of all that it was made of, by which one sees whether anything is different now.
    """

    name: str
    tier: str
    version: str
    date: str
    folder: str
    manifest_sha256: str
    tar_sha256: str
    status: str = CURRENT
    made_of: Mapping[str, str] = field(default_factory=dict)

    @property
    def line(self) -> tuple[str, str]:
        """The dataset and the tier, whose releases follow each other."""
        return self.name, self.tier

    @property
    def current(self) -> bool:
        """Whether it is the last one of its line."""
        return self.status in {CURRENT, HOLDING}


def line_name(name: str, tier: str) -> str:
    """What the releases of a dataset at a tier are called: the tier is told unless it is research."""
    return name if tier == "research" else f"{name}-{tier}"


def folder_name(name: str, tier: str, version: str) -> str:
    """The name of a release's folder."""
    return f"{line_name(name, tier)}-{version}"


def release_at(settings: Settings, said: str, first: str = "research") -> Place:
    """Where the release is that a person named: by a path or URL, its folder's name, or a version.

    Of the tiers that have a version the ``first`` one is meant.
    """
    place = place_of(said)
    if is_url(said) or place.exists():
        return place
    home = settings.releases_place
    names = [said, *(folder_name(settings.name, tier, said) for tier in (first, *TIERS))]
    return next((home / name for name in names if (home / name).exists()), place)


def versions_in(home: Path, name: str, tier: str) -> tuple[Version, ...]:
    """The versions of a dataset at a tier whose folders stand there, the oldest first."""
    begin = f"{line_name(name, tier)}-"
    return tuple(
        sorted(_versions(one.removeprefix(begin) for one in folders_in(home) if one.startswith(begin)))
    )


def _versions(texts: Iterator[str]) -> Iterator[Version]:
    for text in texts:
        try:
            yield Version.parse(text)
        except ValueError:
            continue


def listed(home: Path) -> tuple[Listed, ...]:
    """All releases in the list of a folder of releases; ``DataError`` where the list is damaged."""
    file = home / LIST
    if not file.exists():
        return ()
    try:
        return entries(read_json(file, _CURE))
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{file} is no list of releases: {error}. {_CURE}") from error


def _known(one: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name in names}


def listed_as(
    home: Path, folder: str, facts: Mapping[str, Any], made_of: Mapping[str, str] | None = None
) -> Listed:
    """A release that stands in a folder of releases with its tar, as the list has it."""
    release, tar = facts["release"], f"{folder}.tar"
    return Listed(
        name=release["name"],
        tier=release["tier"],
        version=release["version"],
        date=release["date"],
        folder=folder,
        manifest_sha256=sha256(read_bytes(str(home / folder / MANIFEST))).hexdigest(),
        tar_sha256=sha256(read_bytes(str(home / tar))).hexdigest(),
        made_of=made_of or {},
    )


def entries(said: Mapping[str, Any]) -> tuple[Listed, ...]:
    """The releases in a list; raises ``KeyError``, ``TypeError`` or ``AttributeError`` for what is none."""
    names = {one.name for one in fields(Listed)}
    return tuple(Listed(**_known(one, names)) for one in said["releases"])


def put_in_list(home: Path, new: Listed, holding: Callable[[Listed], bool]) -> None:
    """Put a release in the list; those of its line that were current are superseded now.

    Of others one is told whether it is ``holding`` what was withdrawn.
    """
    before = [_beside(new, one, holding) for one in listed(home) if one.folder != new.folder]
    replace_json(home / LIST, {"releases": [asdict(one) for one in (*before, new)]})


def list_anew(home: Path, new: Listed) -> None:
    """Put an entry in the place of the one of the same release; the others stay as they are."""
    entries = [new if one.folder == new.folder else one for one in listed(home)]
    replace_json(home / LIST, {"releases": [asdict(one) for one in entries]})


def _beside(new: Listed, old: Listed, holding: Callable[[Listed], bool]) -> Listed:
    stays = old.current and old.line != new.line
    if old.status in {WITHDRAWN, HOLDING} or holding(old):
        return replace(old, status=HOLDING if stays else WITHDRAWN)
    return old if stays else replace(old, status=SUPERSEDED)
