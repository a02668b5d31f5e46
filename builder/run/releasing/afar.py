"""Releases at a URL: each is cut in a local folder, sent file by file, and counts when the list there names it.

The list is the newest of ``marks/000001.json``, and says what ``releases.json`` says in a folder. Files of a release
are written once: what is there with other bytes is never overwritten.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from builder.core import marks, stores
from builder.core.errors import Busy, DataError, OutputError, UsageError
from builder.core.immutable import discard_read_only, write_below, written_once
from builder.core.lock import locked
from builder.core.marks import Mark
from builder.core.mirror import home_of
from builder.core.places import Place, Url
from builder.core.settings import Settings
from builder.core.storage import (
    discard,
    files_below,
    make_folder,
    names_in,
    read_bytes,
    replace_json,
    same_sha256,
)
from builder.core.stores import Store, open_store
from builder.core.tree import read_tree
from builder.release.contents import MANIFEST
from builder.run.releasing.clock import Tell
from builder.run.releasing.cutting import Cut, cut
from builder.run.releasing.facts import Wanted
from builder.run.releasing.places import LIST, Listed, entries, listed
from builder.run.releasing.publishing import turn

_CURE = "Put it back as it was: it lists the releases there."


def cut_at(settings: Settings, wanted: Wanted, tell: Tell | None = None, wait: float = 0.0) -> Cut:
    """Cut a release where the dataset has its releases: in a folder, or at a URL.

    Raises what ``cut`` does; at a URL ``Unreachable`` as well, ``Busy`` where somebody else listed a release while
    this one was cut, ``OutputError`` where there are other files under its name. It is not listed then.
    """
    place = settings.releases_place
    if isinstance(place, Path):
        return cut(settings, wanted, tell, wait)
    home = settings.releases_dir
    with locked(home_of(place, settings.scratch_dir) / "shelf", wait):
        shelf = _shelf(place, home)
        made = cut(settings, wanted, tell, home=home)
        if made.new:
            _send(shelf, made)
    return replace(made, folder=place / made.folder.name, tar=place / made.tar.name)


def listed_at(place: Place) -> tuple[Listed, ...]:
    """All releases in the list at a place."""
    return listed(place) if isinstance(place, Path) else _listed(open_store(place.text))[1]


@contextmanager
def release_at_hand(release: Place, scratch: Path) -> Iterator[Path]:
    """A release as a local folder or tar, for as long as the block; one at a URL is fetched as a folder.

    Raises ``UsageError`` where there is none, ``DataError`` where it cannot be read.
    """
    if isinstance(release, Path):
        if not release.exists():
            raise UsageError(f"{release} is not there. Name the folder of a release, or its URL.")
        yield release
        return
    tree = read_tree(release)
    folder = home_of(release, scratch) / tree.name
    with locked(folder):
        discard(folder)
        try:
            for path, content in tree.files.items():
                write_below(folder, path, content)
            yield folder
        finally:
            discard(folder)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A local folder of releases that agrees with a list at a store, and the number of that list."""

    store: Store
    number: int
    home: Path


def _shelf(place: Url, home: Path) -> _Shelf:
    """Let the local folder hold what is listed at the place: the list, and the last release of each line."""
    store = open_store(place.text)
    make_folder(home)
    number, known = _listed(store)
    named = {name for one in known for name in (one.folder, f"{one.folder}.tar")}
    for name in names_in(home) - named:
        discard_read_only(home / name)
    for one in known:
        if one.current and not _is_here(home, one):
            _fetch(store, home, one)
    if known:
        replace_json(home / LIST, {"releases": [asdict(one) for one in known]})
    return _Shelf(store, number, home)


def _listed(store: Store) -> tuple[int, tuple[Listed, ...]]:
    mark = marks.newest(store, _CURE)
    if mark is None:
        return 0, ()
    try:
        return mark.number, entries(mark.said)
    except (KeyError, TypeError, AttributeError) as error:
        raise marks.damaged(store, mark.number, error, _CURE) from error


def _is_here(home: Path, one: Listed) -> bool:
    return same_sha256(home / one.folder / MANIFEST, one.manifest_sha256)


def _fetch(store: Store, home: Path, one: Listed) -> None:
    """Bring the tar of a release here, and unpack it into its folder; its hash is in the list."""
    discard_read_only(home / one.folder)
    discard(home / f"{one.folder}.tar")
    tar = f"{one.folder}.tar"
    try:
        came = stores.get(store, tar, home / tar)
    except FileNotFoundError as error:
        raise DataError(f"{store.url}/{tar} is listed and not there. Put back your copy of it.") from error
    if came != one.tar_sha256:
        discard(home / tar)
        raise DataError(f"{store.url}/{tar} is not what the list says. Put back your copy of it.")
    with written_once(home / one.folder) as folder:
        for path, content in read_tree(home / tar).files.items():
            write_below(folder, path, content)


def _send(shelf: _Shelf, made: Cut) -> None:
    """Send the files of a release, its sums last, then its tar, and list it."""
    folder, store = Path(str(made.folder)), shelf.store
    paths = sorted((file.relative_to(folder).as_posix() for file in files_below(folder)), key=turn)
    files = {f"{folder.name}/{path}": folder / path for path in paths} | {
        f"{folder.name}.tar": Path(str(made.tar))
    }
    try:
        for path, file in files.items():
            stores.put_once(store, path, read_bytes(str(file)))
    except OutputError as error:
        raise OutputError(
            f"{error} Somebody else cuts {folder.name}, or a cut broke off: the same command on the same dataset with "
            f"the --date of that day goes on with it. If nobody needs what is there, remove {store.url}/{folder.name}"
        ) from error
    said = {"releases": [asdict(one) for one in listed(shelf.home)]}
    if not marks.put(store, Mark(shelf.number + 1, said)):
        raise Busy(
            f"Somebody else listed a release at {store.url} while this one was cut; it is there, but not listed. Cut "
            "it again: its version must follow from that one."
        )
