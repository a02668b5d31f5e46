"""Where releases stand, what they are called, and the list of them all."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from builder.core.errors import DataError
from builder.core.places import Place, is_url, place_of
from builder.core.settings import Settings
from builder.core.storage import file_sha256, folders_in, read_bytes, read_json, replace_json
from builder.release.contents import MANIFEST
from builder.release.tiers import TIERS
from builder.release.version import Version

CURRENT, SUPERSEDED, WITHDRAWN = "current", "superseded", "superseded: withdrawal"
LIST = "releases.json"
_CURE = "Put back your copy of it."


@dataclass(frozen=True, slots=True)
class Listed:
    """One release in the list: what it is, where it stands, its hashes, and whether a later one took its place."""

    name: str
    tier: str
    version: str
    date: str
    folder: str
    manifest_sha256: str
    tar_sha256: str
    status: str = CURRENT


def line_name(name: str, tier: str) -> str:
    """What the releases of a dataset at a tier are called: the tier is told unless it is research."""
    return name if tier == "research" else f"{name}-{tier}"


def folder_name(name: str, tier: str, version: str) -> str:
    """The name of a release's folder."""
    return f"{line_name(name, tier)}-{version}"


def release_at(settings: Settings, said: str) -> Place:
    """Where the release is that a person named: by a path or URL, or by a version of the dataset at hand."""
    place = place_of(said)
    if is_url(said) or place.exists():
        return place
    home = settings.releases_place
    homes = (home / folder_name(settings.name, tier, said) for tier in ("research", *TIERS))
    return next((home for home in homes if home.is_dir()), place)


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


def listed_as(home: Path, folder: str, facts: Mapping[str, Any]) -> Listed:
    """A release that stands in a folder of releases with its tar, as the list has it."""
    release, tar = facts["release"], f"{folder}.tar"
    return Listed(
        name=release["name"],
        tier=release["tier"],
        version=release["version"],
        date=release["date"],
        folder=folder,
        manifest_sha256=sha256(read_bytes(str(home / folder / MANIFEST))).hexdigest(),
        tar_sha256=file_sha256(home / tar),
    )


def entries(said: Mapping[str, Any]) -> tuple[Listed, ...]:
    """The releases in a list; raises ``KeyError``, ``TypeError`` or ``AttributeError`` for what is none."""
    names = {one.name for one in fields(Listed)}
    return tuple(Listed(**_known(one, names)) for one in said["releases"])


def put_in_list(home: Path, new: Listed, status: str = SUPERSEDED) -> None:
    """Put a release in the list; those of the same dataset and tier that were current have that status now."""
    before = [
        replace(one, status=status) if _follows(new, one) else one
        for one in listed(home)
        if one.folder != new.folder
    ]
    replace_json(home / LIST, {"releases": [asdict(one) for one in (*before, new)]})


def list_anew(home: Path, new: Listed) -> None:
    """Put the entry of a release that was purged in the place of its old one; the others stay as they are."""
    entries = [new if one.folder == new.folder else one for one in listed(home)]
    replace_json(home / LIST, {"releases": [asdict(one) for one in entries]})


def _follows(new: Listed, old: Listed) -> bool:
    return (new.name, new.tier, CURRENT) == (old.name, old.tier, old.status)
