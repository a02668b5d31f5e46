"""A release is copied to a store: verified before, resumed where it broke off, read back after."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from builder.core import hub, stores
from builder.core.errors import DataError, OutputError, UsageError
from builder.core.storage import files_below, read_bytes, read_json
from builder.core.stores import Store
from builder.release.contents import FACTS, MANIFEST, SUMS
from builder.run.releasing.verifying import verify_release

HUB = "hf://"
LEAVING = frozenset({"open", "research"})
"""The tiers that may leave the house."""
Tell = Callable[[int, int, str], None]
"""Is told how many bytes are done, of how many, and of which file."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes: the folder of a release, its name and version, its files in the order of their going.

    Data comes before documents, the manifest after them, and the sums last, so that no half copy looks whole.
    """

    folder: Path
    name: str
    version: str
    hashes: Mapping[str, str]
    sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Published:
    """What a copy did, or would do: where to, which files were sent, how many were there, how many bytes.

    ``revision`` is the commit on the Hub.
    """

    url: str
    name: str
    version: str
    sent: tuple[str, ...]
    there: int
    bytes: int
    revision: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The report as values that ``json.dumps`` takes."""
        return asdict(self)


def parcel(folder: Path) -> Parcel:
    """A release made ready to be copied.

    Raises ``DataError`` where it does not verify, ``UsageError`` where its tier is private.
    """
    of = read_json(folder / FACTS, "Name the folder of a release.").get("release", {})
    if of.get("tier") not in LEAVING:
        raise UsageError(
            f"{folder} is of the tier {of.get('tier')}, which never leaves. Cut one that may: builder release"
        )
    faults = verify_release(folder).faults
    if faults:
        raise DataError(
            f"{folder} does not verify: {faults[0].place}: {faults[0]}. See all: builder verify {folder}"
        )
    paths = sorted((file.relative_to(folder).as_posix() for file in files_below(folder)), key=turn)
    contents = {path: read_bytes(str(folder / path)) for path in paths}
    return Parcel(
        folder,
        str(of["name"]),
        str(of["version"]),
        {path: sha256(content).hexdigest() for path, content in contents.items()},
        {path: len(content) for path, content in contents.items()},
    )


def publish(what: Parcel, url: str, tell: Tell | None = None, *, dry: bool = False) -> Published:
    """Copy a release to a URL; what is there with size and hash is not sent again, and all is read back.

    Raises ``UsageError`` for a URL that names no place, ``OutputError`` where another release or a stranger's
    file stands there, where nothing can be written, or where something else came back than was sent.
    """
    if url.startswith(HUB):
        return _to_hub(what, hub.repository(url), dry=dry)
    store = stores.open_store(url)
    there = stores.files_in(store)
    _refuse_others(what, store, there)
    missing = [path for path in what.sizes if not _is_there(what, store, there, path)]
    done = Published(
        url,
        what.name,
        what.version,
        tuple(missing),
        len(what.sizes) - len(missing),
        sum(what.sizes[path] for path in missing),
    )
    if not dry:
        _send(what, store, missing, tell)
    return done


def _send(what: Parcel, store: Store, missing: Sequence[str], tell: Tell | None) -> None:
    steps = _Steps(2 * sum(what.sizes[path] for path in missing), tell)
    for path in missing:
        stores.put(store, path, what.folder / path, steps.of(path))
        if path != SUMS and stores.sha256_in(store, path, steps.of(path)) != what.hashes[path]:
            raise _came_back_otherwise(store.url, path)
    if SUMS in missing and stores.sha256_in(store, SUMS) != what.hashes[SUMS]:
        raise _came_back_otherwise(store.url, SUMS)


def _is_there(what: Parcel, store: Store, there: Mapping[str, int], path: str) -> bool:
    return there.get(path) == what.sizes[path] and stores.sha256_in(store, path) == what.hashes[path]


def _refuse_others(what: Parcel, store: Store, there: Mapping[str, int]) -> None:
    if SUMS in there and sha256(stores.read_in(store, SUMS)).hexdigest() != what.hashes[SUMS]:
        raise OutputError(
            f"Another release stands at {store.url}, and releases are never overwritten. Name another place, such as "
            f"{store.url.rstrip('/')}/{what.name}-{what.version}"
        )
    strangers = sorted(there.keys() - what.sizes.keys())
    if strangers:
        raise OutputError(
            f"{store.url} holds {strangers[0]}, which is of no release. Name a place of its own."
        )


def _to_hub(what: Parcel, to: hub.Repository, *, dry: bool) -> Published:
    paths = tuple(what.sizes)
    total = sum(what.sizes.values())
    if dry:
        return Published(to.url, what.name, what.version, paths, 0, total)
    revision = hub.commit(to, what.folder, paths, f"{what.name} {what.version}")
    for path, digest in hub.hashes(to, paths, revision).items():
        if digest != what.hashes[path]:
            raise _came_back_otherwise(to.url, path)
    hub.tag(to, what.version, revision)
    return Published(to.url, what.name, what.version, paths, 0, total, revision)


def _came_back_otherwise(url: str, path: str) -> OutputError:
    return OutputError(
        f"{path} came back from {url} with another SHA-256 than it was sent with. Run the same command again; if that "
        "does not help, something between here and there changes files."
    )


def turn(path: str) -> tuple[int, str]:
    """When a file goes: data first, the manifest after all documents, the sums last."""
    last = {MANIFEST: 2, SUMS: 3}
    return (last.get(path, 0 if path.startswith(("data/", "changes/")) else 1), path)


class _Steps:
    """Tells how many bytes of all are done."""

    def __init__(self, total: int, tell: Tell | None) -> None:
        self._total, self._tell, self._done = total, tell, 0

    def of(self, path: str) -> Callable[[int], None]:
        """What is told of the bytes of one file."""

        def step(more: int) -> None:
            self._done += more
            if self._tell:
                self._tell(self._done, self._total, path)

        return step
