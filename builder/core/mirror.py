"""What stands at a store, at hand here: fetched once, held against its mark, and a desk to make the next of it on."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

from builder.core import generations
from builder.core.errors import BuilderError, DataError
from builder.core.generations import Draft, Generation
from builder.core.lock import locked
from builder.core.places import Place, Url
from builder.core.staging import staged
from builder.core.storage import discard, folders_in, look_of, make_folder, names_in, read_json, replace_json
from builder.core.stores import Store, open_store

_DESK = "tables"
_NOTE = "desk.json"
_TRIES = 3


def at_hand(place: Place, scratch: Path) -> Path:
    """A local folder with what stands at a place: the place itself, or what was fetched of it below ``scratch``.

    Only what the newest mark names is fetched, and each file is held against its hash. Where nothing counts yet, the
    folder is not there. Raises ``Unreachable`` for a store that cannot be used, ``DataError`` for what is damaged.
    """
    if isinstance(place, Path):
        return place
    store, home = open_store(place.text), home_of(place, scratch)
    for _ in range(_TRIES):
        counting = generations.newest(store)
        if counting is None:
            return home / "nothing"
        try:
            return home / _DESK if _on_desk(home, counting) else _fetched(store, home, counting)
        except FileNotFoundError:
            continue  # another generation came meanwhile, and this one went
    raise DataError(
        f"{place} has a mark for files that are not there (any more): who removed them? Build again: builder build"
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """A local folder in which the next generation is made, as if it were the place itself."""

    folder: Path
    home: Path
    store: Store
    draft: Draft

    def put(self) -> None:
        """Let what is on the desk now be what stands at the place, unless it does already."""
        counting = _counting(self.store)
        if counting is None or counting.files != generations.files_of(self.folder):
            counting = generations.finish(self.store, self.draft, self.folder)
        _note(self.home, counting)


@contextmanager
def desk_for(url: Url, scratch: Path, wait: float = 0.0) -> Iterator[Desk]:
    """A desk for a place, with what stands there now on it; what was begun there is gone if it does not come to count.

    Raises ``Busy`` where somebody on this machine has it for longer than ``wait`` seconds, ``Unreachable`` where the
    place cannot be written to.
    """
    store, home = open_store(url.text), home_of(url, scratch)
    with locked(home / "desk", wait):
        draft = generations.begin(store)
        try:
            _lay_out(home, _standing(url, scratch))
            yield Desk(home / _DESK, home, store, draft)
        finally:
            _clear_away(store, draft)


def scratch_of_user() -> Path:
    """The folder for all that has to do with places at stores, unless a dataset has one of its own."""
    return user_cache_path("newsthreads", appauthor=False).absolute() / "places"


def home_of(url: Url, scratch: Path) -> Path:
    """The local folder for all that has to do with a place."""
    return scratch.absolute() / sha256(url.text.encode()).hexdigest()[:16]


def _on_desk(home: Path, counting: Generation) -> bool:
    """Whether the desk holds that generation, by what was noted when it was put or fetched there."""
    try:
        said = read_json(home / _NOTE)
        return bool(said["folder"] == counting.folder and said["looks"] == _looks(home / _DESK))
    except (DataError, KeyError):
        return False


def _note(home: Path, generation: Generation) -> None:
    replace_json(home / _NOTE, {"folder": generation.folder, "looks": _looks(home / _DESK)})


def _looks(folder: Path) -> dict[str, list[int]]:
    return {name: list(look_of(folder / name)) for name in names_in(folder)}


def _fetched(store: Store, home: Path, generation: Generation) -> Path:
    """The folder of a generation, which is there as a whole or not at all, and never changes."""
    folder = home / generation.folder
    if not folder.is_dir():
        beside = home / f".{generation.folder}.{os.getpid()}-{secrets.token_hex(4)}"
        make_folder(beside)
        try:
            generations.fetch(store, generation, beside)
            with suppress(OSError):  # somebody else has just fetched it
                beside.rename(folder)
        finally:
            discard(beside)
        older = (name for name in folders_in(home) if "-" in name and name < generation.folder)
        discard(*(home / name for name in older))
    return folder


def _standing(url: Url, scratch: Path) -> Path | None:
    """What stands at a place, at hand; none where nothing does that could be used."""
    try:
        folder = at_hand(url, scratch)
    except DataError:
        return None
    return folder if folder.is_dir() else None


def _counting(store: Store) -> Generation | None:
    try:
        return generations.newest(store)
    except DataError:
        return None


def _lay_out(home: Path, standing: Path | None) -> None:
    """Put what stands at the place on the desk, unless it lies there."""
    out = home / _DESK
    if standing == out:
        return
    if standing is None:
        discard(out)
        return
    with locked(out), staged(out) as folder:
        for name in names_in(standing):
            shutil.copy2(standing / name, folder / name)


def _clear_away(store: Store, draft: Draft) -> None:
    """Remove a draft that did not come to count; where that fails, the next builder does it."""
    with suppress(BuilderError):
        counting = _counting(store)
        if counting is None or counting.folder != draft.folder:
            generations.drop(store, draft)
